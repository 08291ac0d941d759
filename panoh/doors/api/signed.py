"""What a partner's programmer reads about signing, in the OpenAPI document."""

DESCRIPTION = """\
`Authorization: Panoh-HMAC-SHA256 key=PK-…,t=<unix seconds>,nonce=<16 to 64 of A-Z a-z 0-9 _ ->,sha256=<hex>,v1=<hex>`

`sha256` is that of the body, of nothing when there is none. `v1` is HMAC-SHA256 with your secret over six lines joined
by a line feed: `Panoh-HMAC-SHA256`, `t`, `nonce`, the method, the path with its `?query`, `sha256`. `t` may be off by
five minutes; a `nonce` is accepted once. `docs/how-to/add-an-agency.md` has it in fifteen lines of Python.
"""
