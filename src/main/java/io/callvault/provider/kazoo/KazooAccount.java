// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.json.ExactJson;
import io.callvault.provider.Account;
import io.callvault.provider.Lane;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One customer at Kazoo: where its server is, which accounts it has and what it signs in with. Never printed. */
final class KazooAccount {

    private final String customer;
    private final URI server;
    private final String id;
    private final String apiKey;
    private final String username;
    private final String password;
    private final String accountName;
    private final List<String> accounts;
    private final List<String> users;
    private final Lane lane;
    private final Map<String, Long> longestSpans = new ConcurrentHashMap<>();

    KazooAccount(Account account) {
        this.customer = account.customer();
        this.server = URI.create(account.setting("server"));
        this.id = account.setting("account");
        this.apiKey = account.setting("api-key");
        this.username = account.setting("username");
        this.password = account.setting("password");
        this.accountName = account.setting("account-name");
        this.accounts = account.all("accounts");
        this.users = account.all("users");
        String credential = apiKey != null ? apiKey : username + "@" + accountName;
        // The budget is counted for each account that is asked for.
        String whose = origin(server) + "|" + id + "|" + ExactJson.hex(credential).substring(0, 16);
        this.lane = new Lane(customer, "1", whose);
    }

    String customer() {
        return customer;
    }

    /** The account's own id. */
    String id() {
        return id;
    }

    /** What is archived: {@code self}, {@code children}, {@code descendants}, ids. */
    List<String> accounts() {
        return accounts;
    }

    /** Ids of the users whose recordings alone are archived; empty for everybody's. */
    List<String> users() {
        return users;
    }

    Lane lane() {
        return lane;
    }

    /** Path of the token request. */
    String loginPath() {
        return apiKey != null ? "/v2/api_auth" : "/v2/user_auth";
    }

    /** Its body. A user's name is kept in lower case there; name and password go as their MD5, the default method. */
    String loginBody() {
        ObjectNode body = ExactJson.MAPPER.createObjectNode();
        ObjectNode data = body.putObject("data");
        if (apiKey != null) {
            data.put("api_key", apiKey);
        } else {
            data.put("credentials", credentials()).put("account_name", accountName).put("method", "md5");
        }
        return body.toString();
    }

    private String credentials() {
        try {
            String text = username.toLowerCase(Locale.ROOT) + ":" + password;
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** The longest span, in seconds, that the server said it takes in one request of a feed; null when it did not. */
    Long longestSpan(String feed) {
        return longestSpans.get(feed);
    }

    void longestSpan(String feed, long seconds) {
        longestSpans.merge(feed, seconds, Math::min);
    }

    /** The address as it is, or on the server if it is only a path. */
    String address(String address) {
        return address.startsWith("/") && !address.startsWith("//") ? origin(server) + address : address;
    }

    /** True if the token may go to this address. */
    boolean isOwn(String address) {
        try {
            URI uri = URI.create(address(address));
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getRawUserInfo() == null
                    && origin(uri).equals(origin(server));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** No secret of this account appears in the text. */
    String withoutSecrets(String text) {
        List<String> secrets = new ArrayList<>();
        if (apiKey != null) {
            secrets.add(apiKey);
        } else {
            secrets.add(password);
            secrets.add(credentials());
        }
        String clean = text;
        for (String secret : secrets) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
        }
        return clean;
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (port == standard ? "" : ":" + port);
    }
}
