package fr.pennylanesync.company;

import fr.pennylanesync.token.TokenErrorCode;
import java.util.OptionalLong;

/**
 * A token file that is not used.
 *
 * @param alias of the file
 * @param companyId the company that the alias is pinned to, if it ever was
 * @param code the name of an ErrorCode or of a {@link TokenErrorCode}
 * @param remedy what a person can do, in one sentence
 */
public record Refusal(String alias, OptionalLong companyId, String code, String remedy) {}
