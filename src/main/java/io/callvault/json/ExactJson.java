// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** JSON read without losing a digit, and compared by what it says. */
public final class ExactJson {

    /** Keeps every digit of every number. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ExactJson() {}

    /**
     * SHA-256 of the canonical form: members sorted by name, no white space, numbers by value. Two texts that say the same
     * have the same digest.
     *
     * @param json any text; one that is not JSON has the digest of its bytes
     * @return 64 lower-case hex digits
     */
    public static String sha256(String json) {
        String canonical;
        try {
            canonical = Canonical.of(json);
        } catch (IOException e) {
            canonical = json;
        }
        return hex(canonical);
    }

    /** SHA-256 of a text's UTF-8 bytes, 64 lower-case hex digits. */
    public static String hex(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
