package fr.pennylanesync.sandbox.api;

/** Makes the URLs of files: unguessable, short-lived, a new one each time. */
@FunctionalInterface
public interface FileLinks {

    String link(FileKind kind, long companyId, long recordId, String fileName);
}
