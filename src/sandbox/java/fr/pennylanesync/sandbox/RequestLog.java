package fr.pennylanesync.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was asked of the sandbox: the last 200 000 requests, and how many there were in all. */
public final class RequestLog {

    private static final int CAPACITY = 200_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();
    private long total;

    public synchronized void add(LoggedRequest request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
        total++;
    }

    /** The requests, oldest first. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    /** The requests made with a token of the company. */
    public List<LoggedRequest> of(long companyId) {
        return all().stream().filter(request -> request.tokenCompanyId().orElse(0) == companyId).toList();
    }

    public synchronized long total() {
        return total;
    }

    public synchronized void clear() {
        requests.clear();
        total = 0;
    }
}
