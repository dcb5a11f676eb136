package fr.pennylanesync.console.page;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Holds what the console says in one language, and how that writes numbers and times. Times are UTC in every one. */
public final class Texts implements Mustache.CustomContext {

    private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Texts(language));
        }
    }

    private final Language language;
    private final Properties messages = new Properties();

    private Texts(Language language) {
        this.language = language;
        String name = "/console/messages_" + language.tag() + ".properties";
        try (InputStream file = Texts.class.getResourceAsStream(name);
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            messages.load(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static Texts of(Language language) {
        return ALL.get(language);
    }

    public Language language() {
        return language;
    }

    Properties messages() {
        return messages;
    }

    /** Returns a text without arguments; a template that names one that is not there is a fault of ours. */
    @Override
    public String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("no text " + key + " in " + language));
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(messages.getProperty(key));
    }

    /** Returns a text whose {@code {0}} and so on are replaced. */
    public String say(String key, Object... arguments) {
        return new MessageFormat(get(key), language.locale()).format(arguments);
    }

    /** Returns a word of a table, or the word itself where a newer one has no translation yet. */
    public String word(String kind, String value) {
        return find(kind + "." + value).orElse(value);
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(language.locale()).format(number);
    }

    /** Returns a number, and nothing for zero, which is no news. */
    public String some(long number) {
        return number == 0 ? "" : number(number);
    }

    /** Returns whole percent, rounded down: only what is whole is 100. */
    public String percent(long part, long whole) {
        return whole == 0 ? "" : number(Math.floorDiv(part * 100, whole)) + " %";
    }

    public static String time(Instant at) {
        return SECONDS.format(at);
    }

    public static String minute(Instant at) {
        return MINUTES.format(at);
    }

    /** Returns the moment as machines read it. */
    public static String iso(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns a span in its largest unit of which there are more than one. */
    public String span(Duration span) {
        if (span.toDays() > 1) {
            return say("span.days", span.toDays());
        }
        if (span.toHours() > 1) {
            return say("span.hours", span.toHours());
        }
        return span.toMinutes() > 1 ? say("span.minutes", span.toMinutes())
                : say("span.seconds", Math.max(0, span.toSeconds()));
    }
}
