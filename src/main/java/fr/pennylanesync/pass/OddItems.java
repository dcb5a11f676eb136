package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.page.OddItem;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.SiftedPage;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.record.Damage;
import fr.pennylanesync.landing.state.SetAside;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the items out of pages that contradict the request, and keeps them to be set aside. It does so only with a page
 * that was read several times and says the same: mostly the next reading has no such item.
 */
final class OddItems {

    private final List<SetAside> kept = new ArrayList<>();
    private List<OddItem> odd = List.of();
    private boolean sifting;

    /** Tells whether the failure is one that the page without some of its items would not have. */
    boolean explains(SyncException failure) {
        return !sifting && AnswerFaults.isOfRow(failure);
    }

    /** From now on the page is taken without such items. */
    void sift() {
        sifting = true;
    }

    Page read(JsonNode answer, String path) {
        return sifting ? PageReader.readWithOddItems(answer, path) : PageReader.read(answer, path);
    }

    Page without(PageTrail trail, PageRequest request, Page page) {
        if (!sifting) {
            return page;
        }
        SiftedPage sifted = trail.sift(request, page);
        odd = sifted.odd();
        return sifted.page();
    }

    /**
     * The page counts: the next one is taken as it is.
     *
     * @param parentId whose sub-list it is of; 0: of none
     */
    void taken(long parentId) {
        odd.forEach(item -> kept.add(new SetAside(parentId, 0, "item behind " + item.behindId(), item.reason(),
                new Damage(item.reason(), item.text()).text())));
        odd = List.of();
        sifting = false;
    }

    /** Returns the items of the pages that count. */
    List<SetAside> kept() {
        return List.copyOf(kept);
    }

    /** Begins anew. */
    void forget() {
        kept.clear();
        odd = List.of();
    }
}
