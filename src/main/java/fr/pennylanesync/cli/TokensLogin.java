package fr.pennylanesync.cli;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.runtime.OpenCompanies;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.token.OAuthCallback;
import fr.pennylanesync.token.OAuthLogin;
import fr.pennylanesync.token.OAuthLogin.OAuthClient;
import fr.pennylanesync.token.TokenErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes in a company by OAuth: its administrator lets a partner's application in. */
@Command(name = "login",
        description = "Takes in a company by OAuth: shows the page on which its administrator lets your application in,"
                + " waits for the answer, and writes <alias>.oauth, mode 0600. The application's secret is read without"
                + " showing it, or from standard input.")
final class TokensLogin implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "ALIAS",
            description = "A short name for the company: lower-case letters, digits, _ and -.")
    private String alias;

    @Option(names = "--client-id", required = true, paramLabel = "ID",
            description = "The application's id, as Pennylane handed it out.")
    private String clientId;

    @Option(names = "--port", defaultValue = "8765",
            description = "Where this machine waits for the browser: http://127.0.0.1:PORT/callback, which must be"
                    + " registered for the application (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--redirect-uri", paramLabel = "URI",
            description = "Another registered address: then paste the address that the browser ends at, or the code.")
    private URI redirectUri;

    @Option(names = "--scope", paramLabel = "SCOPE",
            description = "Repeatable (default: what the enabled streams read).")
    private List<String> scopes = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 the company is here, 1 access was denied or refused, 2 wrong use. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = config.load();
        TokensAdd.requireLowerCase(alias);
        try (Host host = Host.open(settings)) {
            return TokensAdd.orRefuse(spec, alias, () -> {
                host.companies().requireFree(alias);
                Secret secret = TokensAdd.secret("Secret of the application (not shown): ");
                return redirectUri == null ? byCallback(host, settings, secret) : byHand(host, settings, secret);
            });
        }
    }

    private int byCallback(Host host, Settings settings, Secret secret) throws InterruptedException {
        try (OAuthCallback callback = OAuthCallback.listen(port);
                OAuthLogin login = login(settings, secret, callback.address())) {
            show(host, login, "Waiting for the browser at " + callback.address() + " …");
            String query = callback.await(OAuthLogin.patience())
                    .orElseThrow(() -> new SyncException(TokenErrorCode.OAUTH_DENIED));
            return TokensAdd.add(spec, host, alias, login.exchange(login.code(query)));
        }
    }

    private int byHand(Host host, Settings settings, Secret secret) throws IOException {
        try (OAuthLogin login = login(settings, secret, redirectUri)) {
            show(host, login, "Then paste the address that the browser ends at, or the code that it shows.");
            Secret answer = TokensAdd.secret("Address or code (not shown): ");
            return TokensAdd.add(spec, host, alias, login.exchange(login.code(answer.reveal())));
        }
    }

    private OAuthLogin login(Settings settings, Secret secret, URI redirect) {
        return OpenCompanies.login(settings, new OAuthClient(Secret.of(clientId), secret, redirect));
    }

    private void show(Host host, OAuthLogin login, String next) {
        List<String> wanted = scopes.isEmpty() ? TokensCommand.domains(host.catalog()).stream()
                .map(domain -> domain.contains(":") ? domain : domain + ":readonly").toList() : scopes;
        PrintWriter out = spec.commandLine().getOut();
        out.println("Open this page as an administrator of the company, and let the application in:");
        out.println();
        out.println(login.page(wanted));
        out.println();
        out.println(next);
        out.flush();
    }
}
