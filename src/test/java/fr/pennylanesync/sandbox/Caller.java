package fr.pennylanesync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Calls the sandbox over real HTTP. */
public final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;

    public Caller(Sandbox sandbox, int company) {
        this(sandbox.baseUri(), sandbox.companies().get(company).token());
    }

    Caller(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @param parameters names and values, alternating */
    HttpResponse<String> get(String path, Object... parameters) {
        return send("GET", path, parameters);
    }

    HttpResponse<String> send(String method, String path, Object... parameters) {
        try {
            return CLIENT.send(request(method, path, parameters),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static HttpResponse<byte[]> download(String url) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static HttpResponse<String> post(URI uri, String contentType, String body) {
        return post(HttpRequest.newBuilder(uri), contentType, body);
    }

    /** Posts JSON to the API. */
    HttpResponse<String> post(String path, String json) {
        return post(HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token),
                "application/json", json);
    }

    private static HttpResponse<String> post(HttpRequest.Builder request, String contentType, String body) {
        try {
            return CLIENT.send(
                    request.header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    public JsonNode json(String path, Object... parameters) {
        HttpResponse<String> response = get(path, parameters);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + " " + List.of(parameters) + ": " + response.statusCode() + " " + response.body());
        }
        return parse(response.body());
    }

    static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** All items of a list, page after page, parameters sent with each. */
    public List<JsonNode> walk(String path, Object... parameters) {
        List<JsonNode> items = new ArrayList<>();
        List<Object> sent = new ArrayList<>(List.of(parameters));
        for (int pages = 0; pages < 10_000; pages++) {
            JsonNode page = json(path, sent.toArray());
            page.path("items").forEach(items::add);
            if (!page.path("has_more").asBoolean()) {
                return items;
            }
            sent = new ArrayList<>(List.of(parameters));
            sent.add("cursor");
            sent.add(page.path("next_cursor").asText());
        }
        throw new AssertionError("the walk does not end");
    }

    public static String filter(String field, String operator, String jsonValue) {
        return "[{\"field\":\"%s\",\"operator\":\"%s\",\"value\":%s}]".formatted(field, operator, jsonValue);
    }

    private HttpRequest request(String method, String path, Object... parameters) {
        StringBuilder uri = new StringBuilder(base + path);
        for (int i = 0; i < parameters.length; i += 2) {
            uri.append(i == 0 ? '?' : '&').append(parameters[i]).append('=')
                    .append(URLEncoder.encode(parameters[i + 1].toString(), StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri.toString())).method(method, HttpRequest.BodyPublishers.noBody());
        return token.isEmpty() ? request.build() : request.header("Authorization", "Bearer " + token).build();
    }
}
