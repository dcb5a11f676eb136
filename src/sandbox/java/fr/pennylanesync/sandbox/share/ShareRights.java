package fr.pennylanesync.sandbox.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which login sees which company. */
final class ShareRights {

    private final ShareServer server;
    private final Set<String> seeingAll = new HashSet<>();
    private final Set<Long> companies = new HashSet<>();

    ShareRights(ShareServer server) {
        this.server = server;
    }

    /** A login that sees all companies, those to come included. */
    synchronized ShareLogin createForAll() {
        ShareLogin login = create(companies);
        seeingAll.add(login.username());
        return login;
    }

    synchronized ShareLogin create(Collection<Long> seen) {
        ShareLogin login = server.createLogin();
        server.execute(seen.stream().map(company -> showing(login.username(), company)).toList());
        return login;
    }

    /** Shows a company to the logins that see all, the first time that it is met. */
    synchronized void meet(long companyId) {
        if (companies.add(companyId)) {
            server.execute(seeingAll.stream().map(login -> showing(login, companyId)).toList());
        }
    }

    synchronized void show(ShareLogin login, long companyId) {
        server.execute(List.of(showing(login.username(), companyId)));
    }

    synchronized void hide(ShareLogin login, long companyId) {
        server.execute(List.of("delete from store.visible where login = '" + login.username() + "' and company_id = "
                + companyId));
    }

    /** Shows a company to those who see all, or hides it from everybody. */
    synchronized void setVisible(long companyId, boolean visible) {
        List<String> statements = new ArrayList<>();
        if (visible) {
            seeingAll.forEach(login -> statements.add(showing(login, companyId)));
        } else {
            statements.add("delete from store.visible where company_id = " + companyId);
        }
        server.execute(statements);
    }

    private static String showing(String login, long companyId) {
        return "insert into store.visible values ('" + login + "', " + companyId + ") on conflict do nothing";
    }
}
