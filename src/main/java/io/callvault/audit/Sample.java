// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which items are read back: those whose hash with the seed falls into the share. The same seed takes the same items, and a
 * larger share all of a smaller one.
 *
 * @param percent more than 0, at most 100
 * @param seed any text
 */
public record Sample(BigDecimal percent, String seed) {

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    public Sample {
        if (percent.signum() <= 0 || percent.compareTo(WHOLE) > 0) {
            throw new IllegalArgumentException("a sample is more than 0 and at most 100 per cent, not " + percent);
        }
    }

    /** True if it takes everything. */
    public boolean isWhole() {
        return percent.compareTo(WHOLE) == 0;
    }

    boolean takes(String item) {
        if (isWhole()) {
            return true;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((seed + "\n" + item).getBytes(StandardCharsets.UTF_8));
            double place = (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
            return place < percent.doubleValue() / 100;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
