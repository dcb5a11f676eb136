package fr.pennylanesync.api;

import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The explicit limits of the HTTP client.
 *
 * @param connections open at once, all companies together
 * @param connectTimeout for the connection and its TLS handshake, each
 * @param silenceTimeout longest pause between two packets of an answer
 * @param leaseTimeout longest wait for a free connection
 * @param connectionLifetime after which a connection is replaced
 * @param totalTime of one request, from sending it to the last byte of its answer
 * @param longestBudgetWait for the company's budget before the request is given back
 */
public record HttpSettings(
        int connections,
        Duration connectTimeout,
        Duration silenceTimeout,
        Duration leaseTimeout,
        Duration connectionLifetime,
        Duration totalTime,
        Duration longestBudgetWait) {

    public static final HttpSettings DEFAULT = new HttpSettings(
            200,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10));

    /** Returns the limits that the configuration asks for; those that it cannot name stay as they are. */
    public static HttpSettings of(Settings.Http configured) {
        return new HttpSettings(DEFAULT.connections(), configured.connectTimeout(), configured.responseTimeout(),
                DEFAULT.leaseTimeout(), DEFAULT.connectionLifetime(), configured.totalTimeout(),
                DEFAULT.longestBudgetWait());
    }

    public HttpSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("a pool holds at least one connection");
        }
        for (Duration limit : List.of(
                connectTimeout, silenceTimeout, leaseTimeout, connectionLifetime, totalTime, longestBudgetWait)) {
            if (limit.toMillis() < 1) {
                throw new IllegalArgumentException("every time limit is at least a millisecond");
            }
        }
    }
}
