// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked.
 *
 * @param path decoded
 * @param query as it came, by name; decoded
 * @param account id of the account in the address; null when there is none
 * @param token null when it carried none
 * @param status what it was answered; 0 before that
 */
public record KazooRequest(
        String method,
        String path,
        Map<String, String> query,
        String account,
        String accept,
        String range,
        String token,
        Instant at,
        int status) {

    static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? List.<String>of() : List.of(raw.split("&"))) {
            String[] both = pair.split("=", 2);
            query.put(both[0], both.length == 1 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    /** What stands behind the account, such as {@code recordings}; empty for the account itself. */
    public String rest() {
        String[] pieces = path.split("/", 5);
        return pieces.length < 5 ? "" : pieces[4];
    }

    /** True for a page of a listing of documents. */
    public boolean isPage() {
        return rest().matches("(users/[0-9a-f]+/)?recordings|cdrs|vmboxes/messages|faxes/(inbox|outbox)");
    }

    /** True for a binary. */
    public boolean isMedia() {
        return rest().matches("recordings/.+|vmboxes/.+/raw|faxes/.+/attachment");
    }

    public boolean isLogin() {
        return path.endsWith("_auth");
    }

    KazooRequest answered(int code) {
        return new KazooRequest(method, path, query, account, accept, range, token, at, code);
    }
}
