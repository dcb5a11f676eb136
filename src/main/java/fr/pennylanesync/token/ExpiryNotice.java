package fr.pennylanesync.token;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Something to know about the end of a company's token.
 *
 * @param code TOKEN_EXPIRES_SOON, TOKEN_EXPIRED or EXPIRY_INVALID
 * @param expiresOn empty when the file holds no date
 */
public record ExpiryNotice(long companyId, String alias, TokenErrorCode code, Optional<LocalDate> expiresOn) {}
