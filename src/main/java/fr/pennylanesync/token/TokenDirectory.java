package fr.pennylanesync.token;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The directory {@code pennylane.tokens.directory}: one {@code <alias>.token} per company, {@code <alias>.token.next}
 * during a rotation, or {@code <alias>.oauth}; {@code <alias>.token.expires} is for {@link TokenExpiries}. Other files
 * are ignored.
 *
 * <p>It is read whole, each time: a change is a different content, whatever the file's dates say. Where the directory
 * is a Kubernetes secret volume, its {@code ..data} link is resolved once per reading, so that all files are of one
 * version.
 */
public final class TokenDirectory {

    static final int MOST_FILES = 5_000;
    static final String TOKEN = ".token";
    static final String NEXT = ".token.next";
    static final String OAUTH = ".oauth";

    private static final String VOLUME_LINK = "..data";
    private static final int READINGS_OF_A_MOVING_DIRECTORY = 3;

    private final Path directory;
    private final TokenText text;
    private final OAuthTokens oauth;

    public TokenDirectory(Path directory, UnaryOperator<String> placeholders, OAuthTokens oauth) {
        this.directory = directory;
        this.text = new TokenText(placeholders);
        this.oauth = oauth;
    }

    /** @param placeholders resolves {@code {{…}}} in a token file; throws where there is no value */
    public static TokenDirectory of(Path directory, UnaryOperator<String> placeholders, OAuthRefresher oauth) {
        return new TokenDirectory(directory, placeholders, oauth);
    }

    /** Says why nothing of a directory can be used; reads no token, and asks nobody. */
    public static Optional<ErrorCode> faultOf(Path directory) {
        try {
            snapshot(directory);
            return Optional.empty();
        } catch (SyncException unusable) {
            return Optional.of(unusable.code());
        }
    }

    /** Everything that is in the directory now. */
    public TokenScan scan() {
        for (int reading = 1; reading < READINGS_OF_A_MOVING_DIRECTORY; reading++) {
            TokenScan scan = scanOnce();
            if (scan.files().values().stream().noneMatch(TokenDirectory::vanished)) {
                return scan;
            }
        }
        return scanOnce();
    }

    // A file that was listed and is gone: the volume moved to its next version in between.
    private static boolean vanished(TokenFile file) {
        return file instanceof TokenFile.Faulty faulty && faulty.fault() == TokenErrorCode.VANISHED;
    }

    private TokenScan scanOnce() {
        try {
            Snapshot snapshot = snapshot(directory);
            Map<String, TokenFile> files = new TreeMap<>();
            for (String alias : snapshot.aliases()) {
                files.put(alias, file(alias, snapshot));
            }
            snapshot.strangers()
                    .forEach(name -> files.put(name, new TokenFile.Faulty(name, TokenErrorCode.ALIAS_INVALID)));
            return TokenScan.of(files);
        } catch (SyncException unusable) {
            return TokenScan.failed(unusable.code());
        }
    }

    private record Snapshot(Path directory, boolean secretVolume, TreeSet<String> names) {

        TreeSet<String> aliases() {
            TreeSet<String> aliases = new TreeSet<>();
            names.stream().map(TokenDirectory::stem).filter(Alias::isValid).forEach(aliases::add);
            return aliases;
        }

        TreeSet<String> strangers() {
            TreeSet<String> shown = new TreeSet<>();
            names.stream().map(TokenDirectory::stem).filter(stem -> !Alias.isValid(stem)).map(Alias::shown)
                    .forEach(shown::add);
            return shown;
        }
    }

    private TokenFile file(String alias, Snapshot snapshot) {
        try {
            boolean token = snapshot.names().contains(alias + TOKEN);
            boolean authorised = snapshot.names().contains(alias + OAUTH);
            if (token && authorised) {
                throw new SyncException(TokenErrorCode.TWO_SOURCES);
            }
            if (authorised) {
                return new TokenFile.Usable(alias, oauthToken(alias, snapshot), Optional.empty());
            }
            if (!token) {
                throw new SyncException(TokenErrorCode.NEXT_WITHOUT_CURRENT);
            }
            return new TokenFile.Usable(alias, read(alias + TOKEN, snapshot), next(alias, snapshot));
        } catch (SyncException refused) {
            return refused.retryable()
                    ? new TokenFile.Unavailable(alias)
                    : new TokenFile.Faulty(alias, refused.code());
        }
    }

    private Optional<Secret> next(String alias, Snapshot snapshot) {
        return snapshot.names().contains(alias + NEXT) ? Optional.of(read(alias + NEXT, snapshot)) : Optional.empty();
    }

    private Secret oauthToken(String alias, Snapshot snapshot) {
        if (snapshot.secretVolume()) {
            throw new SyncException(TokenErrorCode.OAUTH_NOT_PERSISTABLE);
        }
        return oauth.accessToken(snapshot.directory().resolve(alias + OAUTH), text);
    }

    private Secret read(String name, Snapshot snapshot) {
        return text.parse(PrivateFile.read(snapshot.directory().resolve(name), snapshot.secretVolume()));
    }

    private static Snapshot snapshot(Path directory) {
        try {
            Path real = directory.toRealPath();
            boolean secretVolume = Files.isSymbolicLink(real.resolve(VOLUME_LINK));
            Path versioned = secretVolume ? real.resolve(VOLUME_LINK).toRealPath() : real;
            requireClosedToOthers(versioned, secretVolume);
            return new Snapshot(versioned, secretVolume, names(versioned));
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw new SyncException(TokenErrorCode.DIRECTORY_MISSING);
        } catch (IOException | DirectoryIteratorException denied) {
            throw new SyncException(TokenErrorCode.DIRECTORY_UNREADABLE);
        }
    }

    // A secret volume is mounted read-only whatever its mode says.
    private static void requireClosedToOthers(Path real, boolean secretVolume) throws IOException {
        boolean posix = real.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && !secretVolume && Files.getPosixFilePermissions(real).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new SyncException(TokenErrorCode.DIRECTORY_WRITABLE_BY_ALL);
        }
    }

    private static TreeSet<String> names(Path real) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".") && (name.endsWith(TOKEN) || name.endsWith(NEXT) || name.endsWith(OAUTH))) {
                    names.add(name);
                }
                if (names.size() > MOST_FILES) {
                    throw new SyncException(TokenErrorCode.TOO_MANY_FILES);
                }
            }
        }
        return names;
    }

    private static String stem(String name) {
        String ending = name.endsWith(NEXT) ? NEXT : name.endsWith(TOKEN) ? TOKEN : OAUTH;
        return name.substring(0, name.length() - ending.length());
    }

    /** Tells whether a file of the alias is there, usable or not. */
    public boolean isPresent(String alias) {
        return List.of(TOKEN, NEXT, OAUTH).stream()
                .anyMatch(ending -> Files.exists(directory.resolve(Alias.require(alias) + ending)));
    }

    /**
     * Puts the first token of an alias in place, atomically and mode 0600; makes the directory if there is none.
     *
     * @throws SyncException ALIAS_EXISTS, or NOT_WRITTEN when the directory cannot be written
     */
    public void add(String alias, NewToken token) {
        if (isPresent(alias)) {
            throw new SyncException(TokenErrorCode.ALIAS_EXISTS);
        }
        try {
            OwnerOnly.directory(directory);
            PrivateFileWriter.create(directory.resolve(alias + token.ending()), token.content());
        } catch (FileAlreadyExistsException taken) {
            throw new SyncException(TokenErrorCode.ALIAS_EXISTS);
        } catch (IOException readOnly) {
            throw new SyncException(TokenErrorCode.NOT_WRITTEN);
        }
    }

    /**
     * Puts a token in place, atomically and mode 0600; a {@code <alias>.token.next} that holds the same token is done
     * with and goes, and so does what was known of the old token's end.
     *
     * @throws SyncException NOT_WRITTEN when the directory cannot be written, such as a mounted secret
     */
    public void replace(String alias, Secret token) {
        Optional<Secret> next = scan().usable(alias).flatMap(TokenFile.Usable::next);
        if (Files.exists(directory.resolve(Alias.require(alias) + OAUTH))) {
            throw new SyncException(TokenErrorCode.TWO_SOURCES);
        }
        try {
            PrivateFileWriter.write(directory.resolve(Alias.require(alias) + TOKEN), token.reveal() + "\n");
            if (next.filter(token::equals).isPresent()) {
                Files.deleteIfExists(directory.resolve(alias + NEXT));
            }
            Files.deleteIfExists(directory.resolve(alias + TokenExpiries.EXPIRES));
        } catch (IOException readOnly) {
            throw new SyncException(TokenErrorCode.NOT_WRITTEN);
        }
    }
}
