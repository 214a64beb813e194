"""Beginnings of words that are no words themselves: "multi modal", "multi-modal" and "multimodal" are one."""

BOUND_PREFIXES = frozenset(
    {
        "anti",
        "auto",
        "bi",
        "co",
        "hyper",
        "inter",
        "intra",
        "macro",
        "meta",
        "micro",
        "mini",
        "mono",
        "multi",
        "neuro",
        "non",
        "poly",
        "post",
        "pre",
        "pseudo",
        "quasi",
        "re",
        "semi",
        "spatio",
        "sub",
        "super",
        "tri",
        "ultra",
        "uni",
    }
)
