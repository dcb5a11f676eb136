package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.api.Problem;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Answers requests for files: reads the ticket in the URL, and finds the document. */
final class FileDesk {

    private record FilePlace(FileKind kind, long companyId, long recordId) {}

    private final FileVault vault;
    private final ApiDesk desk;
    private final Map<FilePlace, Long> enlarged = new ConcurrentHashMap<>();
    private final Map<FilePlace, Path> replaced = new ConcurrentHashMap<>();

    FileDesk(FileVault vault, ApiDesk desk) {
        this.vault = vault;
        this.desk = desk;
    }

    /** From now on the document of a record has about this many bytes. */
    void enlarge(FileKind kind, long companyId, long recordId, long bytes) {
        enlarged.put(new FilePlace(kind, companyId, recordId), bytes);
    }

    /** From now on the document of a record has the bytes of this file. */
    void replace(FileKind kind, long companyId, long recordId, Path file) {
        replaced.put(new FilePlace(kind, companyId, recordId), file);
    }

    /** The file that the URL leads to where the document was replaced. */
    Optional<Path> replaced(String path) {
        return vault.read(path).filter(ticket -> !vault.isExpired(ticket)).flatMap(ticket -> Optional
                .ofNullable(replaced.get(new FilePlace(ticket.kind(), ticket.companyId(), ticket.recordId()))));
    }

    /** The document that the URL leads to where it was enlarged. */
    Optional<LargeDocument> large(String path) {
        return vault.read(path).filter(ticket -> !vault.isExpired(ticket))
                .flatMap(ticket -> Optional
                        .ofNullable(enlarged.get(new FilePlace(ticket.kind(), ticket.companyId(), ticket.recordId())))
                        .map(LargeDocument::of));
    }

    SandboxAnswer answer(Exchange exchange) {
        Optional<FileVault.Ticket> ticket = vault.read(exchange.path());
        if (ticket.isEmpty()) {
            return SandboxServer.problem(Problem.notFound());
        }
        exchange.asksFor(OptionalLong.of(ticket.get().companyId()));
        exchange.usesFileUrlOf(vault.age(ticket.get()));
        return vault.isExpired(ticket.get()) ? SandboxAnswer.text(403, "Request has expired") : document(ticket.get());
    }

    /** The bytes behind a URL, whatever its age. */
    byte[] document(String path) {
        return document(vault.read(path).orElseThrow()).body();
    }

    /** With a digest, as the stores do that files are kept in. */
    private SandboxAnswer document(FileVault.Ticket ticket) {
        Optional<byte[]> bytes =
                ticket.kind().isExport() ? desk.export(ticket) : Optional.of(FileContents.bytes(ticket));
        return bytes.map(content -> new SandboxAnswer(200, ticket.kind().contentType(), content,
                Map.of("content-md5", md5(content))))
                .orElseGet(() -> SandboxServer.problem(Problem.notFound()));
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
