package fr.pennylanesync.console.web;

import java.util.List;
import java.util.function.Function;

/**
 * Says what the server answers.
 *
 * @param login the form to log in with
 * @param missing where nothing is
 */
public record WebPages(List<WebPage> pages, LoginPage login, Function<WebRequest, WebAnswer> missing) {

    public WebPages {
        pages = List.copyOf(pages);
    }

    /** Says who may ask for a page. */
    public enum Access {
        /** Everybody who reaches the server: what machines look at. */
        OPEN,
        /** Admits whoever is logged in; where the console asks for no login, whoever is at this machine. */
        PAGE,
        /** The same, by a form of ours. */
        FORM
    }

    /** @param path may have parts such as {@code :id} */
    public record WebPage(Access access, String path, Function<WebRequest, WebAnswer> answer) {}

    /** Makes the form to log in with. */
    public interface LoginPage {
        WebAnswer answer(WebRequest request, LoginForm form);
    }

    /**
     * @param passwords whether anybody logs in by a password
     * @param provider the host of the OpenID provider; empty where there is none
     * @param trouble what became of the last try, by the name of its text; empty where there was none
     */
    public record LoginForm(boolean passwords, String provider, String trouble) {}
}
