package fr.pennylanesync.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A small OpenID provider over HTTP, where everybody is logged in already. It can be told to lie. */
final class OpenIdProvider implements AutoCloseable {

    static final String CLIENT = "pennylane-sync";
    static final String SECRET = "the client's secret";

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile KeyPair published = keys();
    private volatile KeyPair signing = published;
    private volatile String algorithm = "RS256";
    private volatile Map<String, Object> person = Map.of();
    private volatile UnaryOperator<Map<String, Object>> lie = claims -> claims;
    private volatile boolean away;

    OpenIdProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, json(Map.of("issuer",
                issuer().toString(), "authorization_endpoint", issuer() + "/authorize", "token_endpoint",
                issuer() + "/token", "jwks_uri", issuer() + "/keys"))));
        server.createContext("/keys", exchange -> answer(exchange, "{\"keys\":[" + jwk() + "]}"));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Says who logs in from now on, and says the truth of it. */
    void is(Map<String, Object> claims) {
        person = claims;
        lie = truth -> truth;
        signing = published;
        algorithm = "RS256";
        away = false;
    }

    void lies(UnaryOperator<Map<String, Object>> change) {
        lie = change;
    }

    /** Changes or, with null, leaves out one claim. */
    void lies(String claim, Object value) {
        lies(claims -> {
            claims.remove(claim);
            if (value != null) {
                claims.put(claim, value);
            }
            return claims;
        });
    }

    void signsWith(KeyPair other) {
        signing = other;
    }

    void signsNothing() {
        algorithm = "none";
    }

    void exchangesItsKeys() {
        published = keys();
        signing = published;
    }

    void isAway() {
        away = true;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders().add("Location", asked.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String client = "Basic " + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean good = asked != null && client.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && asked.get("code_challenge").equals(sha256(form.getOrDefault("code_verifier", "")));
        answer(exchange, good ? json(Map.of("access_token", "opaque", "token_type", "Bearer", "expires_in", 300,
                "id_token", idToken(asked))) : "{\"error\":\"invalid_grant\"}");
    }

    private String idToken(Map<String, String> asked) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new TreeMap<>(Map.of("iss", issuer().toString(), "aud", asked.get("client_id"),
                "exp", now + 300, "iat", now, "nonce", asked.get("nonce"), "sub", "4711"));
        claims.putAll(person);
        String signed = base64(json(Map.of("alg", algorithm, "kid", kid())).getBytes(StandardCharsets.UTF_8))
                + "." + base64(json(lie.apply(claims)).getBytes(StandardCharsets.UTF_8));
        return signed + "." + (algorithm.equals("none") ? "" : signature(signed));
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key of somebody else goes by the name of ours. */
    private String kid() {
        return Integer.toHexString(published.hashCode());
    }

    private String jwk() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        return json(Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", kid(), "n",
                base64(unsigned(key.getModulus())), "e", base64(unsigned(key.getPublicExponent()))));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String sha256(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Map<String, Object> map) {
        return io.vertx.core.json.Json.encode(map);
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&")).map(each -> each.split("=", 2)).collect(Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), (one, other) -> other,
                LinkedHashMap::new));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
