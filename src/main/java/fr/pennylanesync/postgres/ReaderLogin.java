package fr.pennylanesync.postgres;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The embedded server's login for analysts. Its password follows from the server's own, so that no two sessions change
 * it under each other.
 *
 * @param passwordFile the same in libpq's format
 */
public record ReaderLogin(String username, Secret password, Path passwordFile) {

    /** Is the role that docs/roles.sql makes on other servers. */
    public static final String ROLE = "pennylane_reader";

    private static final String ALGORITHM = "HmacSHA256";

    static ReaderLogin of(Path directory, Secret ofServer) {
        return new ReaderLogin(ROLE, derived(ofServer), directory.resolve("pgpass-reader"));
    }

    private static Secret derived(Secret ofServer) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(ofServer.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Secret.of(Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(ROLE.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    /** Writes the password file, if it is not there. */
    public void writePasswordFile() {
        String content = "*:*:*:" + username + ":" + password.reveal() + "\n";
        try {
            if (Files.exists(passwordFile) && Files.readString(passwordFile).equals(content)) {
                return;
            }
            Files.deleteIfExists(passwordFile);
            Files.createFile(passwordFile, OwnerOnly.ofFile(passwordFile));
            Files.writeString(passwordFile, content);
        } catch (IOException unwritable) {
            throw new SyncException(PostgresErrorCode.EMBEDDED_DIRECTORY_UNUSABLE, passwordFile.toString(), unwritable);
        }
    }
}
