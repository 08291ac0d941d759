"""Words without their endings, on folded letters. Sure endings only: a stem too long finds less, one too short lies."""

import re
from functools import lru_cache

SHORTEST = 4
_UZBEK = (
    "ni ning ga ka qa da dan dagi dagilar gacha lar lari larim laring larimiz laringiz lik liği likni "
    "im ing i si imiz ingiz miz ngiz m ng "
    "di dim ding dik gan ganman ganda adi aman asan amiz asiz adilar ydi yman yapti yapman yapsan yapmiz yapsiz "
    "yaptilar moqda moqdaman işdi işadi işyapti işgan ildi iladi ilgan yotgan ayotgan sa sam"
)
_KARAKALPAK = (
    "ni nin din tin ti ga ge ğa qa ke na ne da de ta te dan den tan ten nan nen daği degi taği tegi "
    "lar ler lari leri larin lerin im in i si imiz imiz iniz liq lik liği ligi "
    "di dim din dik gan gen ğan qan ken adi edi aman emen asan esen"
)
_RUSSIAN = (
    "a ya u yu i y o e ie iya iyu iyey iyam iyami iyax ey oy ey iy aya yaya oye eye uyu yuyu ogo ego omu emu om em "
    "im ix imi oyu eyu am yam ami yami ax yax ov ev iye it yat ut yut et ayet ayut yet al ala ali il ila ili at it "
    "ayu atsya itsya"
)
_ENGLISH = "s es ed ing"
_LISTS = {"uz": (_UZBEK, 3), "kaa": (_KARAKALPAK, 3), "ru": (_RUSSIAN, 1), "en": (_ENGLISH, 1)}
# The shortest stem that an ending leaves is the one with the longest ending.
_SHAPES = {
    language: (re.compile(rf"(.{{{SHORTEST},}}?)(?:{'|'.join(sorted(endings.split()))})"), rounds)
    for language, (endings, rounds) in _LISTS.items()
}


def base_of(language: str) -> str:
    """The language without its script."""
    return language.partition("-")[0]


@lru_cache(maxsize=65536)
def stem_of(word: str, language: str) -> str:
    """The word without its endings, at least four letters long; the word itself where none was sure."""
    if base_of(language) not in _SHAPES:
        return word
    shape, rounds = _SHAPES[base_of(language)]
    for _round in range(rounds):
        found = shape.fullmatch(word)
        if found is None:
            break
        word = found[1]
    return word
