package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.Page;

/** Ids of checked pages. */
public final class Ids {

    private Ids() {}

    /** The id of the last item of a page that has one. */
    public static long last(Page page) {
        return page.items().get(page.items().size() - 1).path("id").longValue();
    }
}
