package fr.pennylanesync.settings;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenID provider that people log in to the console by, and what its claims allow.
 *
 * @param issuer whose discovery document and keys are used
 * @param callback the address that the provider sends people back to, as it is registered there
 * @param operators whoever has one of these claims may do and see everything
 * @param viewers the companies that whoever has a claim may look at
 */
public record ConsoleOidc(URI issuer, String clientId, Secret clientSecret, URI callback, List<Claim> operators,
        Map<Claim, ConsoleLogin.Views> viewers) {

    /** The path of every callback address: a proxy adds nothing before it. */
    public static final String CALLBACK_PATH = "/login/callback";
    /** Some providers name claims by addresses, whose first colon separates nothing. */
    private static final Pattern CLAIM = Pattern.compile("\\s*((?:https?://)?[^:=,\\s]+):([^=,]*[^=,\\s])\\s*");

    public ConsoleOidc {
        operators = List.copyOf(operators);
        viewers = Map.copyOf(viewers);
    }

    /**
     * One thing that the provider says of a person, such as a group.
     *
     * @param name of the claim
     * @param value that it has, or one of those that it has
     */
    public record Claim(String name, String value) {}

    /** Reads claims as {@code groups:operators, email:anna@firm.example}. */
    static List<Claim> claims(String text) {
        List<Claim> claims = new ArrayList<>();
        for (String claim : text.split(",")) {
            claims.add(claim(claim));
        }
        return claims;
    }

    /** Reads what claims let see, as {@code groups:clerks=acme+beta, groups:auditors=*}. */
    static Map<Claim, ConsoleLogin.Views> viewers(String text) {
        Map<Claim, ConsoleLogin.Views> viewers = new LinkedHashMap<>();
        for (String viewer : text.split(",")) {
            int end = viewer.lastIndexOf('=');
            Claim claim = claim(viewer.substring(0, Math.max(0, end)));
            if (viewers.put(claim, ConsoleLogin.Views.parse(viewer.substring(end + 1).strip())) != null) {
                throw new IllegalArgumentException("has " + claim.name() + ":" + claim.value() + " twice");
            }
        }
        return viewers;
    }

    private static Claim claim(String text) {
        Matcher parts = CLAIM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "is no list that is separated by commas and has in each part claim:value");
        }
        return new Claim(parts.group(1), parts.group(2).strip());
    }
}
