"""The slips departments' tables have in life, and how often each befalls which table: the one place to change them.

A rate is the share of the rows it could befall: of the numbers ending in X those written with x, of those who moved
those whose old address was kept.
"""

from enum import StrEnum


class Slip(StrEnum):
    """What went wrong with a row; the truth names it by these words."""

    HOMOPHONE = "homophone"  # 伟 → 玮
    LOOK_ALIKE = "look_alike"  # 未 → 末
    DOT = "dot"  # another dot, or none, in a name that has one
    PADDED_NAME = "padded_name"  # blanks and invisible characters around a name, or inside a short one
    SWAPPED_DIGITS = "swapped_digits"
    MISTYPED_DIGIT = "mistyped_digit"
    SMALL_X = "small_x"
    OLD_NUMBER = "old_number"  # 15 digits
    MISSING_NUMBER = "missing_number"
    NUMBER_AS_NUMBER = "number_as_number"  # a spreadsheet kept fifteen digits of it
    FORMER_MOBILE = "former_mobile"
    MISSING_MOBILE = "missing_mobile"
    STALE_ADDRESS = "stale_address"
    SHORT_ADDRESS = "short_address"
    HISTORIC_ADDRESS = "historic_address"
    MISSING_ADDRESS = "missing_address"
    FULL_WIDTH = "full_width"
    MISSING_CODE = "missing_code"
    FIRM_SHORTENED = "firm_shortened"
    AMOUNT_IN_WORDS = "amount_in_words"  # 680元
    LATE_UPDATE = "late_update"  # died or gone, and still there
    DUPLICATE = "duplicate"  # entered a second time
    UNREADABLE = "unreadable"  # a row with too few or too many cells


TABLES = (
    "resident", "allowances", "visits", "vaccinations", "insured", "enrolment", "roll", "firm", "food_permit", "titles", "addresses",
)  # fmt: skip
RATES = {
    #                       resid. allow. visits vacc.  insur. enrol. roll   firm   permit titles addr.
    Slip.HOMOPHONE:        (0.001, 0.012, 0.020, 0.015, 0.004, 0.010, 0.006, 0.004, 0.008, 0.006, 0),
    Slip.LOOK_ALIKE:       (0.001, 0.008, 0.008, 0.006, 0.003, 0.006, 0.004, 0.003, 0.004, 0.006, 0),
    Slip.DOT:              (0.050, 0.500, 0.500, 0.500, 0.300, 0.450, 0.300, 0.300, 0.400, 0.400, 0),
    Slip.PADDED_NAME:      (0.000, 0.015, 0.004, 0.004, 0.000, 0.010, 0.012, 0.000, 0.000, 0.006, 0),
    Slip.SWAPPED_DIGITS:   (0.000, 0.006, 0.008, 0.005, 0.003, 0.006, 0.004, 0.002, 0.000, 0.004, 0),
    Slip.MISTYPED_DIGIT:   (0.000, 0.004, 0.006, 0.004, 0.002, 0.004, 0.003, 0.002, 0.000, 0.003, 0),
    Slip.SMALL_X:          (0.000, 0.250, 0.350, 0.200, 0.080, 0.250, 0.150, 0.100, 0.000, 0.200, 0),
    Slip.OLD_NUMBER:       (0.000, 0.010, 0.006, 0.000, 0.012, 0.050, 0.000, 0.004, 0.000, 0.060, 0),
    Slip.MISSING_NUMBER:   (0.001, 0.010, 0.070, 0.120, 0.004, 0.020, 0.030, 0.020, 0.000, 0.030, 0),
    Slip.NUMBER_AS_NUMBER: (0.000, 0.010, 0.000, 0.000, 0.000, 0.000, 0.020, 0.000, 0.000, 0.000, 0),
    Slip.FORMER_MOBILE:    (0.300, 0.450, 0.150, 0.250, 0.500, 0.550, 0.300, 0.400, 0.000, 0.650, 0),
    Slip.MISSING_MOBILE:   (0.040, 0.080, 0.120, 0.060, 0.060, 0.100, 0.050, 0.050, 0.000, 0.150, 0),
    Slip.STALE_ADDRESS:    (0.150, 0.450, 0.000, 0.400, 0.000, 0.550, 0.350, 0.000, 0.000, 0.000, 0),
    Slip.SHORT_ADDRESS:    (0.005, 0.120, 0.000, 0.250, 0.000, 0.120, 0.200, 0.060, 0.150, 0.080, 0),
    Slip.HISTORIC_ADDRESS: (0.010, 0.060, 0.000, 0.020, 0.000, 0.050, 0.020, 0.000, 0.000, 0.120, 0),
    Slip.MISSING_ADDRESS:  (0.002, 0.010, 0.000, 0.050, 0.000, 0.060, 0.030, 0.000, 0.010, 0.000, 0),
    Slip.FULL_WIDTH:       (0.000, 0.010, 0.000, 0.005, 0.000, 0.060, 0.004, 0.000, 0.000, 0.010, 0.010),
    Slip.MISSING_CODE:     (0.000, 0.000, 0.000, 0.000, 0.030, 0.000, 0.000, 0.010, 0.120, 0.000, 0),
    Slip.FIRM_SHORTENED:   (0.000, 0.000, 0.000, 0.000, 0.080, 0.000, 0.000, 0.000, 0.100, 0.000, 0),
    Slip.AMOUNT_IN_WORDS:  (0.000, 0.015, 0.000, 0.000, 0.000, 0.010, 0.000, 0.000, 0.000, 0.000, 0),
    Slip.LATE_UPDATE:      (0.080, 0.120, 0.000, 0.000, 0.150, 0.250, 0.050, 0.000, 0.000, 0.600, 0),
    Slip.DUPLICATE:        (0.003, 0.008, 0.004, 0.006, 0.005, 0.012, 0.006, 0.002, 0.004, 0.004, 0.002),
    Slip.UNREADABLE:       (0.000, 0.000, 0.0006, 0.0008, 0.000, 0.0008, 0.000, 0.000, 0.000, 0.001, 0.0005),
}  # fmt: skip


def rate(slip: Slip, table: str) -> float:
    return RATES[slip][TABLES.index(table)]
