// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/** Gives tokens for an account's API key, or for a user's hashed name and password. */
final class Doorman {

    private final Collection<Account> accounts;
    private final Tokens tokens;
    private final Consumer<String> violations;

    Doorman(Collection<Account> accounts, Tokens tokens, Consumer<String> violations) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.violations = violations;
    }

    Reply answer(Asked request, String operation) {
        if (!request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            violations.accept("a body that is not said to be JSON: " + request);
        }
        JsonNode data = data(request);
        return operation.equals("api_auth") ? byKey(data) : byUser(data);
    }

    private static JsonNode data(Asked request) {
        try {
            return Json.read(request.body()).path("data");
        } catch (RuntimeException e) {
            throw new Refusal(Reply.error(400, "parse_error", "failed to parse"));
        }
    }

    private Reply byKey(JsonNode data) {
        String key = data.path("api_key").asText("");
        if (key.length() != 64) {
            throw invalid("api_key", key.length() < 64 ? "minLength" : "maxLength");
        }
        // The key comes back in the answer: nobody may write this answer down.
        Account account = accounts.stream()
                .filter(each -> each.apiKey().equals(key))
                .findFirst()
                .orElseThrow(() -> {
                    ObjectNode echo = Json.object();
                    echo.putArray("data").add(key);
                    return new Refusal(Reply.error(404, "bad identifier", echo.path("data")));
                });
        return token(account, "cb_api_auth", null);
    }

    private Reply byUser(JsonNode data) {
        String credentials = data.path("credentials").asText("");
        if (credentials.isEmpty() || credentials.length() > 64) {
            throw invalid("credentials", credentials.isEmpty() ? "required" : "maxLength");
        }
        String method = data.path("method").asText("md5");
        if (!method.equals("md5") && !method.equals("sha")) {
            throw invalid("method", "enum");
        }
        String name = Account.normal(data.path("account_name").asText(""));
        String realm = data.path("account_realm").asText(data.path("realm").asText(""));
        for (Account account : accounts) {
            boolean meant = realm.isEmpty()
                    ? Account.normal(account.name()).equals(name)
                    : account.realm().equals(realm);
            for (var user : account.passwords().entrySet()) {
                if (meant && credentials.equals(hash(method, user.getKey() + ":" + user.getValue()))) {
                    return token(account, "cb_user_auth", user.getKey());
                }
            }
        }
        throw new Refusal(Reply.error(401, "invalid_credentials", "invalid credentials"));
    }

    /** @param username null for a token of the account itself */
    private Reply token(Account account, String method, String username) {
        if (account.switches().isDisabled()) {
            throw invalid("account", "disabled");
        }
        ObjectNode data = Json.object().put("account_id", account.id()).put("account_name", account.name());
        data.put("is_reseller", !account.children().isEmpty()).put("is_master_account", account.parent() == null);
        account.users().stream()
                .filter(user -> user.path("username").asText().equalsIgnoreCase(username))
                .forEach(user -> data.put("owner_id", user.path("id").asText()));
        return Reply.json(201, Listing.success(data).put("auth_token", tokens.issue(account, method)));
    }

    static String hash(String method, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(method.equals("md5") ? "MD5" : "SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal invalid(String field, String code) {
        ObjectNode data = Json.object();
        data.putObject(field).putObject(code).put("message", field + " is not valid");
        return new Refusal(Reply.error(400, "validation error", data));
    }
}
