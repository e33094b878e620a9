"""Rows on their way through the phases: columns of one block, with the line each row began on."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """`lines` (int64) are 1-based: the first line of each row in its file, or its row number in a sheet or database."""

    lines: npt.NDArray[np.int64]
    columns: pa.RecordBatch

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    def where(self, mask: Mask) -> "Rows":
        return Rows(self.lines[mask], self.columns.filter(pa.array(mask)))

    def with_columns(self, arrays: list[pa.Array]) -> "Rows":
        """The same rows under the same headings with other arrays."""
        return replace(self, columns=pa.RecordBatch.from_arrays(arrays, names=self.columns.schema.names))


def mask_of(array: pa.Array) -> Mask:
    """A Boolean column as a mask, where "no value" doesn't count."""
    if array.null_count:
        array = array.fill_null(False)
    mask: Mask = array.to_numpy(zero_copy_only=False).astype(bool, copy=False)
    return mask


def count(array: pa.Array) -> int:
    """How many of a Boolean column are true."""
    return int(array.true_count)
