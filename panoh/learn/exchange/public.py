"""The exchange of learning with other systems: what it offers other rooms, which is nothing but being switched on."""

__all__: list[str] = []
