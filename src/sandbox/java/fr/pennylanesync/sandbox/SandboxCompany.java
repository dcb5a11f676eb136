package fr.pennylanesync.sandbox;

import java.util.List;

/**
 * A company of the sandbox, as it is now.
 *
 * @param alias a short name fit for file names
 * @param registrationNumber its SIREN
 * @param token the newest of its tokens; empty when they are revoked
 */
public record SandboxCompany(long id, String name, String alias, String registrationNumber, String token,
        List<String> scopes) {}
