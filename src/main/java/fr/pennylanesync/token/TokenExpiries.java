package fr.pennylanesync.token;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Warns before a token ends. Pennylane shows the end when a token is made, and {@code /me} does not tell it: whoever
 * makes the token may write it down beside it, as one ISO date such as {@code 2027-03-31} in
 * {@code <alias>.token.expires}. Without that file nothing is known and nothing is said. It holds no secret, and
 * whatever it says, the token goes on being used. A rotation removes it: it spoke of the old token. OAuth access tokens
 * need none, they know their end and are refreshed before it.
 */
public final class TokenExpiries {

    /** Warned about so many days ahead. */
    static final int DAYS_AHEAD = 14;
    static final String EXPIRES = ".token.expires";

    private static final EventLog LOG = EventLog.of(TokenExpiries.class);
    private static final int LARGEST_BYTES = 64;

    private final Path directory;
    private final InstantSource clock;
    /** The day on which each company was last warned about. */
    private final Map<Long, LocalDate> notifiedOn = new ConcurrentHashMap<>();

    public TokenExpiries(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Returns what there is to know today about these companies' tokens; most often nothing. */
    public List<ExpiryNotice> notices(Collection<Company> companies) {
        return companies.stream().flatMap(company -> notice(company).stream()).toList();
    }

    /** Logs the notices, each company's once a day. */
    public void warn(Collection<Company> companies) {
        LocalDate today = today();
        for (ExpiryNotice notice : notices(companies)) {
            if (!today.equals(notifiedOn.put(notice.companyId(), today))) {
                LOG.log(new CompanyEvent.TokenExpiry(notice.companyId(), notice.code().name(),
                        notice.expiresOn().map(LocalDate::toString).orElse("unknown"), notice.code().remedy()));
            }
        }
    }

    /**
     * Writes down when a company's token ends.
     *
     * @throws SyncException NOT_WRITTEN when the directory cannot be written, such as a mounted secret
     */
    public void write(String alias, LocalDate expiresOn) {
        try {
            PrivateFileWriter.write(file(Alias.require(alias)), expiresOn + "\n");
        } catch (IOException readOnly) {
            throw new SyncException(TokenErrorCode.NOT_WRITTEN);
        }
    }

    /** Returns the day on which a company's token ends; empty where nobody wrote one down that can be read. */
    public Optional<LocalDate> expiresOn(String alias) {
        try {
            return Optional.of(LocalDate.parse(text(file(Alias.require(alias))).strip()));
        } catch (IOException | DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private Optional<ExpiryNotice> notice(Company company) {
        try {
            LocalDate expiresOn = LocalDate.parse(text(file(company.alias())).strip());
            return code(expiresOn)
                    .map(code -> new ExpiryNotice(company.id(), company.alias(), code, Optional.of(expiresOn)));
        } catch (NoSuchFileException unknown) {
            return Optional.empty();
        } catch (IOException | DateTimeException invalid) {
            return Optional.of(new ExpiryNotice(company.id(), company.alias(),
                    TokenErrorCode.EXPIRY_INVALID, Optional.empty()));
        }
    }

    private Optional<TokenErrorCode> code(LocalDate expiresOn) {
        if (expiresOn.isBefore(today())) {
            return Optional.of(TokenErrorCode.TOKEN_EXPIRED);
        }
        return expiresOn.isAfter(today().plusDays(DAYS_AHEAD)) ? Optional.empty()
                : Optional.of(TokenErrorCode.TOKEN_EXPIRES_SOON);
    }

    private LocalDate today() {
        Instant now = clock.instant();
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private Path file(String alias) {
        return directory.resolve(alias + EXPIRES);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
