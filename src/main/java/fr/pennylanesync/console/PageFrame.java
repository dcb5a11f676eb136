package fr.pennylanesync.console;

import fr.pennylanesync.console.page.Language;
import fr.pennylanesync.console.page.Templates;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.WebAnswer;
import fr.pennylanesync.console.web.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts what every page has around one page: where one is, who one is, how old the figures are. */
final class PageFrame {

    /** Figures are looked up every few seconds; older ones are shown as old. */
    static final Duration FRESH_FOR = Duration.ofSeconds(30);
    private static final List<String> PLACES = List.of("overview", "runs", "alarms", "routes", "proof");

    private final WebRequest request;
    private final Instant seenAt;

    /** @param current empty on a page that is no place of its own */
    record Place(String href, String name, String current) {}

    record LanguageChoice(String tag, String name, String href, String current) {}

    PageFrame(WebRequest request, Instant seenAt) {
        this.request = request;
        this.seenAt = seenAt;
    }

    /**
     * Renders a page.
     *
     * @param view what its template shows, as {@code v}
     */
    WebAnswer render(int status, String template, String title, Object view) {
        Texts texts = Texts.of(request.language());
        Map<String, Object> values = new HashMap<>();
        values.put("t", texts);
        values.put("v", view);
        values.put("lang", request.language().tag());
        values.put("title", title);
        values.put("csrf", request.csrf());
        values.put("back", request.uri());
        values.put("viewer", request.viewer().name());
        values.put("places", PLACES.stream().map(place -> place(place, template, texts)).toList());
        values.put("languages", Stream.of(Language.values()).map(this::choice).toList());
        values.put("at", seenAt.equals(Instant.EPOCH) ? "" : Texts.time(seenAt));
        values.put("atIso", Texts.iso(seenAt));
        values.put("stale", Duration.between(seenAt, Instant.now()).compareTo(FRESH_FOR) > 0 ? "stale" : "");
        values.put("notice", notice(texts));
        return WebAnswer.html(status, Templates.render(template, values));
    }

    private Place place(String name, String template, String title, Texts texts) {
        return new Place(title, texts.get("nav_" + name), name.equals(template) ? "page" : "");
    }

    private Place place(String name, String template, Texts texts) {
        return place(name, template, name.equals("overview") ? "/" : "/" + name, texts);
    }

    private LanguageChoice choice(Language language) {
        return new LanguageChoice(language.tag(), language.ownName(),
                "/language?to=" + language.tag() + "&back="
                        + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8),
                language == request.language() ? "true" : "");
    }

    /** Says what became of the form that led here. */
    private String notice(Texts texts) {
        return request.parameter("done").flatMap(Operations.Operation::named)
                .map(operation -> texts.get("done_" + operation.label()))
                .or(() -> request.parameter("refused").filter(code -> code.matches("[A-Z_]{1,40}"))
                        .map(code -> texts.say("refused", Optional.of(texts.word("refusal", code)).get())))
                .orElse("");
    }
}
