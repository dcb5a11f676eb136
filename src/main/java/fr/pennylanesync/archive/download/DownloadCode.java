package fr.pennylanesync.archive.download;

/** Says why a file was not fetched. The codes are stable: the file table, the quarantine and dashboards name them. */
public enum DownloadCode {
    /** The source answered 400, 401, 403, 404 or 410: the URL is no longer good. */
    URL_STALE,
    /** The URL grew older than it may be before its turn came. */
    URL_TOO_OLD,

    /** The answer ended before its declared length. */
    TRUNCATED,
    /** A digest that the source declared is not that of what arrived. */
    DIGEST_DIFFERS,
    EMPTY,
    /** The body came compressed although it was not asked for: its length and digest prove nothing. */
    ENCODED,
    /** A page for people where a file was promised. */
    HTML_PAGE,
    /** The content is of another type than the file's name says. */
    TYPE_DIFFERS,
    PDF_UNREADABLE,
    XML_UNREADABLE,
    IMAGE_UNREADABLE,
    ZIP_UNREADABLE,
    /** Looking into the file took more memory or time than a document needs, or ended the process that looked. */
    SUSPECT,

    /** The URL, or a redirect, is neither https nor the configured sandbox. */
    NOT_HTTPS,
    /** The URL, or a redirect, is no URL, names a port that there is not, or carries a login. */
    URL_UNSAFE,
    /** The host has an address on this machine or in a private network. */
    ADDRESS_NOT_PUBLIC,
    TOO_MANY_REDIRECTS,
    /** The HTTP client refuses the URL, or its answer, for a reason that is not known here. */
    CLIENT_REFUSED,

    /** Larger than the limit. */
    TOO_LARGE,

    HOST_UNKNOWN,
    NO_CONNECTION,
    TLS_FAILED,
    /** No byte for too long. */
    SILENT,
    /** The whole download took too long. */
    TIME_EXCEEDED,
    /** The answer has more or longer header lines than any server sends. */
    HEADERS_TOO_LARGE,
    /** Any other status. */
    STATUS_UNEXPECTED
}
