package cn.tiaoxi.lake.kind;

/** Grades of data by DB33/T 2351-2021, from not sensitive to sensitive. */
public enum Grade {
    L1,
    L2,
    L3,
    L4
}
