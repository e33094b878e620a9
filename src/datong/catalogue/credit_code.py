"""Unified social credit codes (统一社会信用代码, GB 32100-2015): the statutory code of a department or firm.

stdnum.cn.uscc wants eight digits at the front and so refuses the codes that begin with a letter, among them those of
village collectives (N…), which a county has by the hundred. Its alphabet and weights are the standard's; so are ours.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z are left out
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(first: str) -> str:
    """The 18th character for 17 characters of ALPHABET."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def holds(code: str) -> bool:
    """Whether `code`, in capitals, is 18 characters of the alphabet, six digits of area among them, and checks."""
    well_formed = len(code) == 18 and set(code) <= set(ALPHABET) and code[2:8].isdigit()
    return well_formed and check_character(code[:17]) == code[17]
