"""The words of the page around a listing: navigation, header and footer, in lower case."""

# No paper is called this.
SURE_PHRASES = frozenset({
    "get trending papers in your email inbox!", "get trending papers in your email inbox",
    "subscribe to daily papers", "by ak and the research community", "byak and the research community",
    "ak and the research community", "get trending papers in your email inbox once a day!",
    "get daily papers in your email inbox", "back to top", "view all", "log in", "search models, datasets, users...",
    "search any paper with ai", "and the research community",
})  # fmt: skip

# A paper could be called this; what stands around it decides.
DOUBTFUL_PHRASES = frozenset({
    "view all papers", "sign up", "sign in", "skip to content", "hugging face", "trending papers", "daily papers",
    "all papers", "hot papers", "new papers", "new", "papers", "today", "yesterday", "trending", "subscribe",
    "previous", "next", "company", "tos", "terms", "terms of service", "privacy", "privacy policy", "about", "jobs",
    "careers", "website", "models", "datasets", "spaces", "community", "docs", "documentation", "pricing",
    "enterprise", "posts", "buckets", "solutions", "theme", "system theme", "search", "daily", "weekly", "monthly",
    "day", "week", "month", "date", "home", "search papers", "join discord", "share feedback", "load more",
    "show more", "read more", "see more", "submit", "submit a paper", "filter", "sort", "sort by", "latest", "top",
    "full-text search", "settings", "cookies", "blog", "contact", "menu", "abstract", "summary", "title", "authors",
    "hot", "by", "ak", "by ak", "byak",
})  # fmt: skip

_IN_TITLES = frozenset({"a", "of", "to", "by", "ak", "all"})
WORDS = frozenset(word for phrase in DOUBTFUL_PHRASES for word in phrase.split()) - _IN_TITLES | {
    "log", "©", "|", "·", "•", "/",
}  # fmt: skip
