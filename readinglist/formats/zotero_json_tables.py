"""Zotero's item types, fields and creators by what they are in CSL (schema.json of zotero/zotero-schema, "csl")."""

from collections.abc import Mapping
from types import MappingProxyType

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "preprint": "article", "journalArticle": "article-journal", "magazineArticle": "article-magazine",
        "newspaperArticle": "article-newspaper", "bill": "bill", "book": "book", "podcast": "broadcast",
        "tvBroadcast": "broadcast", "radioBroadcast": "broadcast", "bookSection": "chapter", "dataset": "dataset",
        "document": "document", "dictionaryEntry": "entry-dictionary", "encyclopediaArticle": "entry-encyclopedia",
        "artwork": "graphic", "hearing": "hearing", "interview": "interview", "case": "legal_case",
        "statute": "legislation", "manuscript": "manuscript", "map": "map", "film": "motion_picture",
        "videoRecording": "motion_picture", "conferencePaper": "paper-conference", "patent": "patent",
        "letter": "personal_communication", "email": "personal_communication",
        "instantMessage": "personal_communication", "forumPost": "post", "blogPost": "post-weblog", "report": "report",
        "computerProgram": "software", "audioRecording": "song", "presentation": "speech", "standard": "standard",
        "thesis": "thesis", "webpage": "webpage",
    }
)  # fmt: skip

# Fields by the variable of CSL that they are; those of single item types stand behind those of all. The first counts.
VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "title", "caseName": "title", "subject": "title", "nameOfAct": "title", "abstractNote": "abstract",
        "publicationTitle": "container-title", "bookTitle": "container-title", "proceedingsTitle": "container-title",
        "blogTitle": "container-title", "dictionaryTitle": "container-title", "encyclopediaTitle": "container-title",
        "forumTitle": "container-title", "programTitle": "container-title", "sessionTitle": "container-title",
        "websiteTitle": "container-title", "reporter": "container-title", "code": "container-title",
        "publisher": "publisher", "label": "publisher", "company": "publisher", "distributor": "publisher",
        "institution": "publisher", "network": "publisher", "repository": "publisher", "studio": "publisher",
        "university": "publisher", "place": "publisher-place", "repositoryLocation": "publisher-place",
        "date": "issued", "dateDecided": "issued", "dateEnacted": "issued", "issueDate": "issued",
        "volume": "volume", "codeVolume": "volume", "reporterVolume": "volume", "codeNumber": "volume",
        "issue": "issue", "pages": "page", "codePages": "page", "firstPage": "page", "number": "number",
        "billNumber": "number", "docketNumber": "number", "documentNumber": "number", "episodeNumber": "number",
        "archiveID": "number", "identifier": "number", "patentNumber": "number", "publicLawNumber": "number",
        "reportNumber": "number", "seriesNumber": "collection-number", "series": "collection-title",
        "seriesTitle": "collection-title", "edition": "edition", "section": "section", "committee": "section",
        "type": "genre", "genre": "genre", "letterType": "genre", "manuscriptType": "genre", "mapType": "genre",
        "postType": "genre", "presentationType": "genre", "reportType": "genre", "thesisType": "genre",
        "websiteType": "genre", "programmingLanguage": "genre", "medium": "medium", "artworkMedium": "medium",
        "audioFileType": "medium", "audioRecordingFormat": "medium", "format": "medium", "interviewMedium": "medium",
        "videoRecordingFormat": "medium", "system": "medium", "artworkSize": "dimensions", "runningTime": "dimensions",
        "authority": "authority", "court": "authority", "issuingAuthority": "authority", "organization": "authority",
        "legislativeBody": "authority", "eventPlace": "event-place", "conferenceName": "event-title",
        "meetingName": "event-title", "numPages": "number-of-pages", "numberOfVolumes": "number-of-volumes",
        "partNumber": "part", "partTitle": "part-title", "versionNumber": "version", "scale": "scale",
        "status": "status", "legalStatus": "status", "history": "references", "references": "references",
        "session": "chapter-number", "originalDate": "original-date", "priorityDate": "original-date",
        "originalPublisher": "original-publisher", "originalPlace": "original-publisher-place",
        "filingDate": "submitted", "accessDate": "accessed", "DOI": "DOI", "url": "URL", "ISBN": "ISBN", "ISSN": "ISSN",
        "PMID": "PMID", "PMCID": "PMCID", "language": "language", "shortTitle": "title-short",
        "journalAbbreviation": "container-title-short", "libraryCatalog": "source", "callNumber": "call-number",
        "archive": "archive", "archiveLocation": "archive_location", "citationKey": "citation-key",
        "citekey": "citation-key",
    }
)  # fmt: skip

CREATORS: Mapping[str, str] = MappingProxyType(
    {
        "author": "author", "bookAuthor": "container-author", "chair": "chair", "castMember": "performer",
        "composer": "composer", "contributor": "contributor", "creator": "author", "director": "director",
        "editor": "editor", "executiveProducer": "executive-producer", "guest": "guest", "host": "host",
        "interviewer": "interviewer", "narrator": "narrator", "originalCreator": "original-author",
        "organizer": "organizer", "producer": "producer", "recipient": "recipient",
        "reviewedAuthor": "reviewed-author", "seriesCreator": "series-creator", "seriesEditor": "collection-editor",
        "scriptwriter": "script-writer", "translator": "translator",
    }
)  # fmt: skip
# Who stands in the place of the author, by item type; the others are so wherever they stand.
MAIN_CREATORS = MappingProxyType({"director": ("film", "tvBroadcast"), "performer": ("audioRecording",)})
ALWAYS_MAIN = frozenset(
    {"artist", "sponsor", "programmer", "cartographer", "interviewee", "inventor", "podcaster", "presenter"}
)
