package fr.pennylanesync.api.page;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that ends in a typed failure when it grows too large, would take too much memory when it is parsed, takes too
 * long (a drip included) or breaks off. What was reserved for it is to be given back once it is parsed.
 */
public final class BoundedStream extends FilterInputStream {

    private final String path;
    private final long limitBytes;
    private final Deadline deadline;
    private final ParseMemory.ParseReservation memory;
    private long readBytes;

    public BoundedStream(InputStream body, String path, ReadLimits limits, Deadline deadline) {
        super(body);
        this.path = path;
        this.limitBytes = limits.bodyBytes();
        this.deadline = deadline;
        this.memory = limits.memory().reserve(path);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        int count = read(single, 0, 1);
        return count < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count = readOnce(buffer, offset, length);
        if (deadline.passed()) {
            throw FailureFacts.at(path).failure(ApiErrorCode.TIME_EXCEEDED);
        }
        readBytes += Math.max(count, 0);
        if (readBytes > limitBytes) {
            throw FailureFacts.at(path).number("limit bytes", limitBytes).failure(ApiErrorCode.BODY_TOO_LARGE);
        }
        memory.add(buffer, offset, count);
        return count;
    }

    /** The body is parsed, or given up: others may have the memory. */
    public void release() {
        memory.close();
    }

    private int readOnce(byte[] buffer, int offset, int length) {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException broken) {
            throw TransportFailures.of(broken, path);
        }
    }
}
