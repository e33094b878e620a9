"""The SQL that is served, as lists: constructs, what each may carry, functions. What isn't listed is refused.

A deny-list would have to know every door of every engine version; an allow-list has to know what we let in. None of the
functions listed reads a file, the environment, a setting, the catalogue or another query, and none draws by lot: a query
asked twice of the same snapshot gives the same answer, so that the persons recorded are the persons read.
"""

from collections.abc import Mapping

from sqlglot import exp

DIALECTS = ("duckdb", "postgres", "spark")

# Bounds before and after parsing. TPC-DS's longest query has 1,400 tokens and 60 levels.
MAX_CHARACTERS = 20_000
MAX_TOKENS = 3_000
MAX_BRACKETS = 60
MAX_DEPTH = 300
# Nodes once aliases and stars are written out (growth.py). The resolver takes well under a second for as many.
MAX_EXPANDED = 20_000

# Constructs that shape a query, with the only arguments each may carry: an argument we don't know is refused like a
# construct we don't know (Select(into=…), Table(when=…), Join(method=POSITIONAL)).
SHAPES: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.Select: frozenset(
        [
            "with_",
            "expressions",
            "distinct",
            "from_",
            "joins",
            "laterals",
            "where",
            "group",
            "having",
            "qualify",
            "windows",
            "order",
            "limit",
            "offset",
        ]
    ),
    exp.Union: frozenset(["with_", "this", "expression", "distinct", "by_name", "order", "limit", "offset"]),
    exp.Intersect: frozenset(
        ["with_", "this", "expression", "distinct", "by_name", "order", "limit", "offset"]
    ),
    exp.Except: frozenset(["with_", "this", "expression", "distinct", "by_name", "order", "limit", "offset"]),
    exp.Subquery: frozenset(["with_", "this", "alias", "joins", "order", "limit", "offset"]),
    exp.With: frozenset({"expressions", "recursive"}),
    exp.CTE: frozenset({"this", "alias", "materialized"}),
    exp.From: frozenset({"this"}),
    exp.Table: frozenset({"this", "db", "alias", "joins"}),
    exp.TableAlias: frozenset({"this", "columns"}),
    exp.Join: frozenset({"this", "on", "using", "side", "kind", "method"}),
    exp.Lateral: frozenset({"this", "alias", "view", "outer"}),
    exp.Unnest: frozenset({"expressions", "alias", "offset"}),
    exp.Values: frozenset({"expressions", "alias"}),
    exp.Where: frozenset({"this"}),
    exp.Group: frozenset({"expressions", "grouping_sets", "cube", "rollup", "all"}),
    exp.Having: frozenset({"this"}),
    exp.Qualify: frozenset({"this"}),
    exp.Order: frozenset({"this", "expressions"}),
    exp.Ordered: frozenset({"this", "desc", "nulls_first"}),
    exp.Limit: frozenset({"expression", "this"}),
    exp.Offset: frozenset({"expression", "this"}),
    exp.Distinct: frozenset({"expressions", "on"}),
    exp.Star: frozenset({"except_", "replace", "rename"}),
    exp.Window: frozenset({"this", "partition_by", "order", "spec", "alias", "over", "first"}),
    exp.WindowSpec: frozenset({"kind", "start", "start_side", "end", "end_side", "exclude"}),
    exp.Cast: frozenset({"this", "to"}),
    exp.TryCast: frozenset({"this", "to", "safe"}),
    exp.DataType: frozenset({"this", "expressions", "nested", "values"}),
    exp.Column: frozenset({"this", "table", "db"}),
}
JOIN_METHODS = frozenset({"", "ASOF"})
JOIN_KINDS = frozenset({"", "INNER", "OUTER", "CROSS", "SEMI", "ANTI"})

# Constructs that carry nothing but their operands.
PLAIN: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Add, exp.Alias, exp.All, exp.And, exp.Any, exp.Between, exp.BitwiseAnd, exp.BitwiseLeftShift, exp.BitwiseNot,
        exp.BitwiseOr, exp.BitwiseRightShift, exp.BitwiseXor, exp.Boolean, exp.Bracket, exp.Case, exp.Cube, exp.DPipe,
        exp.DataTypeParam, exp.Div, exp.Dot, exp.EQ, exp.Escape, exp.Exists, exp.Filter, exp.GT, exp.GTE, exp.GroupingSets,
        exp.Glob, exp.ILike, exp.Identifier, exp.If, exp.IgnoreNulls, exp.In, exp.IntDiv, exp.Interval, exp.Is, exp.LT,
        exp.LTE, exp.Lambda, exp.Like, exp.Literal, exp.Mod, exp.Mul, exp.NEQ, exp.Neg, exp.Not, exp.Null, exp.NullSafeEQ,
        exp.NullSafeNEQ, exp.Or, exp.Paren, exp.PropertyEQ, exp.Rollup, exp.RespectNulls, exp.Slice, exp.Sub, exp.Tuple,
        exp.Var, exp.WithinGroup, exp.JSONPath, exp.JSONPathRoot, exp.JSONPathKey, exp.JSONPathSubscript,
        exp.JSONPathWildcard, exp.JSONKeyValue, exp.SimilarTo, exp.JSONExtract, exp.JSONExtractScalar,
    }
)  # fmt: skip

# Functions sqlglot knows by class.
FUNCTIONS: frozenset[type[exp.Expr]] = frozenset(
    {
        # numbers
        exp.Abs, exp.Acos, exp.Asin, exp.Atan, exp.Atan2, exp.Cbrt, exp.Ceil, exp.Cos, exp.Cot, exp.Degrees, exp.Exp,
        exp.Factorial, exp.Floor, exp.Greatest, exp.IsInf, exp.IsNan, exp.Least, exp.Ln, exp.Log, exp.Pi, exp.Pow,
        exp.Radians, exp.Round, exp.Sign, exp.Sin, exp.Sqrt, exp.Tan, exp.Trunc,
        # text
        exp.Ascii, exp.Chr, exp.Concat, exp.ConcatWs, exp.Contains, exp.EndsWith, exp.Hex, exp.JarowinklerSimilarity,
        exp.Left, exp.Length, exp.Levenshtein, exp.Lower, exp.MD5, exp.Pad, exp.RegexpExtract, exp.RegexpExtractAll,
        exp.RegexpFullMatch, exp.RegexpLike, exp.RegexpReplace, exp.RegexpSplit, exp.Replace, exp.Reverse, exp.Right,
        exp.SHA2, exp.Split, exp.SplitPart, exp.StartsWith, exp.StrPosition, exp.Substring, exp.Translate, exp.Trim,
        exp.Unicode, exp.Upper, exp.Repeat, exp.RegexpILike, exp.Format, exp.BitLength,
        # dates
        exp.CurrentDate, exp.CurrentTimestamp, exp.DateAdd, exp.DateBin, exp.DateDiff, exp.DateFromParts, exp.DateSub,
        exp.DateTrunc, exp.Day, exp.DayOfMonth, exp.DayOfWeek, exp.DayOfWeekIso, exp.DayOfYear, exp.Dayname, exp.Extract,
        exp.Hour, exp.LastDay, exp.Minute, exp.Month, exp.Monthname, exp.Quarter, exp.Second, exp.StrToDate,
        exp.StrToTime, exp.TimeToStr, exp.TimeToUnix, exp.TimestampFromParts, exp.TimestampTrunc, exp.ToDays,
        exp.TsOrDsToDate, exp.Date, exp.Week, exp.WeekOfYear, exp.Year, exp.Localtimestamp, exp.TimeFromParts,
        exp.UnixToTime,
        # conditions
        exp.Case, exp.Coalesce, exp.If, exp.Nullif, exp.Try, exp.Typeof,
        # lists, structs, maps, JSON
        exp.Array, exp.ArrayAppend, exp.ArrayConcat, exp.ArrayContains, exp.ArrayContainsAll, exp.ArrayDistinct,
        exp.ArrayFilter, exp.ArrayMax, exp.ArrayMin, exp.ArrayOverlaps, exp.ArrayPosition, exp.ArrayPrepend, exp.ArraySize, exp.ArraySlice,
        exp.ArraySort, exp.ArrayToString, exp.Explode, exp.Flatten, exp.GenerateSeries, exp.JSONArray, exp.JSONKeys,
        exp.JSONObject, exp.JSONType, exp.Map, exp.MapFromEntries, exp.MapKeys, exp.Struct, exp.StructExtract, exp.ToMap,
        exp.Transform,
        # aggregates
        exp.AnyValue, exp.ApproxDistinct, exp.ApproxQuantile, exp.ArgMax, exp.ArgMin, exp.ArrayAgg, exp.Avg,
        exp.BitwiseAndAgg, exp.BitwiseOrAgg, exp.BitwiseXorAgg, exp.Corr, exp.Count, exp.CountIf, exp.CovarPop,
        exp.CovarSamp, exp.First, exp.GroupConcat, exp.Grouping, exp.GroupingId, exp.Kurtosis, exp.Last, exp.LogicalAnd,
        exp.LogicalOr, exp.Max, exp.Median, exp.Min, exp.Mode, exp.PercentileCont, exp.PercentileDisc, exp.Quantile,
        exp.RegrCount, exp.RegrIntercept, exp.RegrR2, exp.RegrSlope, exp.Skewness, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Sum, exp.Variance,
        exp.VariancePop,
        # windows
        exp.CumeDist, exp.DenseRank, exp.FirstValue, exp.Lag, exp.LastValue, exp.Lead, exp.NthValue, exp.Ntile,
        exp.PercentRank, exp.Rank, exp.RowNumber,
        # sqlglot counts these operators among the functions
        exp.And, exp.Or, exp.Cast, exp.TryCast, exp.Exists, exp.JSONExtract, exp.JSONExtractScalar, exp.Unnest,
    }
)  # fmt: skip

# Functions sqlglot knows by name only.
NAMED_FUNCTIONS: frozenset[str] = frozenset(
    [
        "even",
        "gcd",
        "lcm",
        "isfinite",
        "damerau_levenshtein",
        "hamming",
        "jaccard",
        "nfc_normalize",
        "strip_accents",
        "ord",
        "format",
        "printf",
        "prefix",
        "suffix",
        "regexp_split_to_array",
        "weekday",
        "yearweek",
        "isoyear",
        "decade",
        "century",
        "date_part",
        "datepart",
        "date_sub",
        "datesub",
        "try_strptime",
        "age",
        "to_months",
        "to_years",
        "era",
        "julian",
        "now",
        "make_timestamp",
        "list_position",
        "list_extract",
        "element_at",
        "list_slice",
        "list_unique",
        "list_sum",
        "list_avg",
        "list_reduce",
        "array_transform",
        "map_values",
        "cardinality",
        "row",
        "list_zip",
        "array_has_any",
        "list_value",
        "array_value",
        "list_reverse",
        "list_count",
        "list_first",
        "list_last",
        "list_indexof",
        "list_median",
        "list_mode",
        "list_any_value",
        "list_string_agg",
        "map_entries",
        "json_value",
        "json_exists",
        "json_group_array",
        "strlen",
        "bit_count",
        "epoch_us",
        "json_array_length",
        "json_valid",
        "to_json",
        "mean",
        "product",
        "entropy",
        "histogram",
        "mad",
        "sem",
        "fsum",
        "count_star",
    ]
)

TYPES: frozenset[exp.DType] = frozenset(
    {
        exp.DType.BOOLEAN, exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT, exp.DType.INT128,
        exp.DType.UTINYINT, exp.DType.USMALLINT, exp.DType.UINT, exp.DType.UBIGINT, exp.DType.FLOAT, exp.DType.DOUBLE,
        exp.DType.DECIMAL, exp.DType.CHAR, exp.DType.NCHAR, exp.DType.VARCHAR, exp.DType.NVARCHAR, exp.DType.TEXT,
        exp.DType.DATE, exp.DType.TIME, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.DATETIME,
        exp.DType.INTERVAL, exp.DType.JSON, exp.DType.ARRAY, exp.DType.LIST, exp.DType.STRUCT, exp.DType.MAP,
        exp.DType.NULL,
    }
)  # fmt: skip

# The units of time, and ALL: the only bare words a query may bear, for their text is written into SQL, and into the ledger, as it stands.
BARE_WORDS: frozenset[str] = frozenset(
    {
        "MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "DECADE",
        "CENTURY", "MILLENNIUM", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS",
        "QUARTERS", "YEARS", "DECADES", "CENTURIES", "MILLENNIA", "EPOCH", "ERA", "DOW", "DOY", "DAYOFWEEK", "DAYOFYEAR",
        "DAYOFMONTH", "WEEKDAY", "WEEKOFYEAR", "YEARWEEK", "ISODOW", "ISOYEAR", "JULIAN", "ALL", "CURRENT ROW", "TIES", "GROUP", "NO OTHERS",
    }
)  # fmt: skip

# Tables that aren't resources: they make rows from the query's own values.
TABLE_FUNCTIONS: frozenset[type[exp.Expr]] = frozenset({exp.GenerateSeries})

# Where people commonly knock, what to use instead. Everything else gets the general word.
INSTEAD: Mapping[str, tuple[str, str]] = {
    "Pivot": ("请改用 SUM(…) FILTER (WHERE …)。", "Use SUM(…) FILTER (WHERE …) for each column."),
    "TableSample": (
        "请改用 ORDER BY 与 LIMIT。",
        "Use ORDER BY and LIMIT: a sample drawn by lot can't be recorded.",
    ),
    "|>": (
        "请写成 SELECT … FROM …，逐步处理用 WITH。",
        "Write SELECT … FROM …, and WITH for the steps.",
    ),
    "Columns": ("请逐一写出字段。", "Name the columns one by one."),
    "Placeholder": ("请写出具体的值。", "Write the value itself."),
    "Rand": ("请去掉随机函数。", "Leave chance out: what can't be repeated can't be recorded."),
    "POSITIONAL JOIN": (
        "请写明连接条件。",
        "Join on a condition: the order of rows isn't granted by any agreement.",
    ),
    "NATURAL JOIN": (
        "请用 USING 写明共有字段。",
        "Write USING (column): which columns two tables share depends on what is granted.",
    ),
    "to_timestamp": ("请改用 epoch_ms(秒 * 1000)。", "Use epoch_ms(seconds * 1000)."),
    "Fetch": ("请改用 LIMIT。", "Use LIMIT."),
    "a bare word": (
        "时间单位请写 YEAR、MONTH、DAY、HOUR 等；值须用单引号括起。",
        "A unit of time is YEAR, MONTH, DAY, HOUR …; values take single quotes.",
    ),
    "a name of the node's own": ("请换一个别名。", "Give it another name."),
    "renamed table columns": ("请在 SELECT 中为字段取别名。", "Give the columns other names in SELECT."),
}
INSTEAD_OF_ANYTHING = ("请改写查询，不使用它。", "Rewrite the query without it.")
