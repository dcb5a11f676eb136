package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.EMBEDDED_KEY_UNREADABLE;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The generated key of the embedded S3: two lines, id and secret, in a file that only its owner reads. */
record AccessKey(String id, Secret secret) {

    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 20;

    /** The key of the file; made once. Several processes may try: the first to finish wins. */
    static AccessKey readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
            throw new SyncException(EMBEDDED_KEY_UNREADABLE, "the access key of the embedded S3 is not two lines");
        }
        return new AccessKey(lines.get(0), Secret.of(lines.get(1)));
    }

    private static void create(Path file) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "access-key", ".new", OwnerOnly.ofFile(file));
        Files.writeString(fresh, random(ID_BYTES) + "\n" + random(SECRET_BYTES) + "\n");
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return;
        } catch (UnsupportedOperationException noHardLinks) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
