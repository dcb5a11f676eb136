package fr.pennylanesync.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes one hash of many, as RFC 6962 does: a leaf is hashed behind a zero byte, two nodes behind a one, so that no
 * inner node passes for a leaf. A node without a partner moves up as it is, which gives the same tree.
 */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** Hashes what a leaf holds. */
    public static Sha256 leaf(byte[] content) {
        return Sha256.of(LEAF, content);
    }

    /** Returns the root over the leaves in their order; of none it is the SHA-256 of nothing. */
    public static Sha256 root(List<Sha256> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.of();
        }
        List<Sha256> level = leaves;
        while (level.size() > 1) {
            List<Sha256> above = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(Sha256.of(NODE, level.get(i).bytes(), level.get(i + 1).bytes()));
            }
            if (level.size() % 2 == 1) {
                above.add(level.get(level.size() - 1));
            }
            level = above;
        }
        return level.get(0);
    }
}
