package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_INITIALISATION_FAILED;
import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_PASSWORD_MISSING;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The files of one server, in a folder named after PostgreSQL's major version, since a newer major version cannot read
 * them: {@code data}, {@code pgpass} (the password, in libpq's format, so that psql can be pointed at it),
 * {@code postgres.log}, {@code users}.
 */
record PostgresCluster(Path directory, PostgresBinaries binaries, ServerAccount account) {

    static final String SUPERUSER = "pennylane_sync";

    private static final Duration INITIALISATION_TIMEOUT = Duration.ofMinutes(3);
    private static final int PASSWORD_BYTES = 32;
    /**
     * Rounds make a password slower to guess. Nobody guesses 32 random bytes, and each connection computes the rounds
     * anew. What others choose as a password on this server gets as many rounds as usual: see {@link PostgresLaunch}.
     */
    private static final String ROUNDS_OF_OURS = "scram_iterations=1";
    /** Has libpq's format: host:port:database:user:password. */
    private static final String PASSWORD_FILE_PREFIX = "*:*:*:" + SUPERUSER + ":";

    Path data() {
        return directory.resolve("data");
    }

    Path passwordFile() {
        return directory.resolve("pgpass");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    DirectoryUsers users() {
        return new DirectoryUsers(directory.resolve("users"));
    }

    /** Creates the data directory, once: it appears by one rename when it is complete. */
    void initialiseOnce() throws IOException {
        if (Files.isDirectory(data())) {
            requirePassword();
            return;
        }
        createPasswordOnce();
        Path unfinished = directory.resolve("data.unfinished");
        FileTrees.delete(unfinished);
        OwnerOnly.enclosed(unfinished);
        account.own(unfinished);
        initialise(unfinished);
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
        FileTrees.flush(directory);
    }

    Secret password() throws IOException {
        String line = Files.readString(passwordFile(), UTF_8).strip();
        return Secret.of(line.substring(line.lastIndexOf(':') + 1));
    }

    private void initialise(Path target) throws IOException {
        Path passwordOnly = directory.resolve("initdb.password");
        try {
            writePrivately(passwordOnly, password().reveal());
            account.own(passwordOnly);
            // Code point order and Unicode case rules that never change under an index; French order is one
            // COLLATE "fr-x-icu" away.
            CommandResult result = CommandResult.of(account.command(List.of(binaries.program("initdb"),
                    "-D", target.toString(), "-U", SUPERUSER, "--pwfile=" + passwordOnly, "-A", "scram-sha-256",
                    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                    "--data-checksums", "-c", ROUNDS_OF_OURS)), INITIALISATION_TIMEOUT);
            if (!result.succeeded()) {
                throw new SyncException(EMBEDDED_INITIALISATION_FAILED,
                        "initdb could not create " + target + ": " + result.output());
            }
        } finally {
            Files.deleteIfExists(passwordOnly);
        }
    }

    private void createPasswordOnce() throws IOException {
        if (Files.exists(passwordFile())) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path unfinished = directory.resolve("pgpass.unfinished");
        writePrivately(unfinished, PASSWORD_FILE_PREFIX + password + "\n");
        Files.move(unfinished, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requirePassword() {
        if (Files.isReadable(passwordFile())) {
            return;
        }
        throw new SyncException(EMBEDDED_PASSWORD_MISSING, data() + ", " + passwordFile());
    }

    private static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, OwnerOnly.ofFile(file));
        Files.writeString(file, content, UTF_8);
        FileTrees.flushFile(file);
    }
}
