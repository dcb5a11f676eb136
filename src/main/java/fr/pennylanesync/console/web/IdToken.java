package fr.pennylanesync.console.web;

import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.ConsoleOidc;
import fr.pennylanesync.settings.ConsoleOidc.Claim;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the provider says of a person, in a token whose signature is right.
 *
 * @param claims as they stand in it
 */
record IdToken(JsonObject claims) {

    /** Bounds by how much the clocks of two machines may differ. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final String EMAIL = "email";
    private static final String AUTHORIZED_PARTY = "azp";
    private static final int NAME_MAX = 64;

    /**
     * Returns the claim that keeps the token from being taken; empty where it is good.
     *
     * @param issuer as the provider names itself
     * @param nonce of the try that it has to belong to
     */
    Optional<String> fault(String issuer, String clientId, String nonce, Instant now) {
        List<String> audience = texts("aud");
        Map<String, Boolean> checks = Map.of("iss", texts("iss").equals(List.of(issuer)),
                "aud", audience.contains(clientId) && (audience.size() == 1 || has(AUTHORIZED_PARTY)),
                AUTHORIZED_PARTY, !has(AUTHORIZED_PARTY) || texts(AUTHORIZED_PARTY).equals(List.of(clientId)),
                "exp", moment("exp").filter(end -> end.plus(LEEWAY).isAfter(now)).isPresent(),
                "nbf", moment("nbf").filter(begin -> begin.minus(LEEWAY).isAfter(now)).isEmpty(),
                "iat", moment("iat").filter(made -> !made.minus(LEEWAY).isAfter(now)).isPresent(),
                "nonce", texts("nonce").equals(List.of(nonce)),
                "sub", !subject().isBlank());
        return checks.entrySet().stream().filter(check -> !check.getValue()).map(Map.Entry::getKey).sorted()
                .findFirst();
    }

    private boolean has(String claim) {
        return claims.getValue(claim) != null;
    }

    private Optional<Instant> moment(String claim) {
        return claims.getValue(claim) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private String subject() {
        return claims.getValue("sub") instanceof String subject ? subject : "";
    }

    /**
     * Returns the texts of a claim, which is one or several; a name with dots may lead into claims that hold others.
     */
    private List<String> texts(String name) {
        Object value = claims.getValue(name);
        JsonObject within = claims;
        for (String part : value == null ? name.split("\\.") : new String[0]) {
            value = within.getValue(part);
            within = value instanceof JsonObject inner ? inner : new JsonObject();
        }
        Stream<?> values = value instanceof JsonArray several ? several.stream() : Stream.ofNullable(value);
        return values.filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /** An address of mail that the provider has not seen work may be anybody's. */
    private boolean holds(Claim claim) {
        boolean known = !claim.name().equals(EMAIL) || Boolean.TRUE.equals(claims.getValue("email_verified"));
        return known && texts(claim.name()).contains(claim.value());
    }

    /** Returns what somebody may see and do; empty where that is nothing. */
    Optional<Viewer> viewer(ConsoleOidc rights) {
        if (rights.operators().stream().anyMatch(this::holds)) {
            return Optional.of(new Viewer(name(), Optional.empty(), true));
        }
        List<Set<String>> seen = rights.viewers().entrySet().stream().filter(entry -> holds(entry.getKey()))
                .map(Map.Entry::getValue).map(ConsoleLogin.Views::companies).toList();
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        boolean all = seen.stream().anyMatch(Set::isEmpty);
        return Optional.of(new Viewer(name(), all ? Optional.empty()
                : Optional.of(seen.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet())), false));
    }

    /** Returns a name that people recognise, with the subject, which alone belongs to one person for ever. */
    private String name() {
        return Stream.of("preferred_username", EMAIL, "name").flatMap(claim -> texts(claim).stream())
                .map(IdToken::printable).filter(text -> !text.isEmpty()).findFirst()
                .map(shown -> shown + " [" + printable(subject()) + "]").orElseGet(() -> printable(subject()));
    }

    private static String printable(String text) {
        String kept = text.replaceAll("[^\\p{L}\\p{N}._@ |:-]", "").strip();
        return kept.substring(0, Math.min(NAME_MAX, kept.length()));
    }
}
