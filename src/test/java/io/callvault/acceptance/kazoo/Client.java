// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the look-alike in its own tests, one request at a time. */
final class Client {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Kazoo kazoo;
    private String token;

    Client(Kazoo kazoo) {
        this.kazoo = kazoo;
    }

    /** A token for the account's API key, used from now on. */
    Client signIn(Account account) {
        HttpResponse<byte[]> answer =
                put("/v2/api_auth", "{\"data\":{\"api_key\":\"" + account.apiKey() + "\"}}");
        token = json(answer).path("auth_token").asText();
        return this;
    }

    Client token(String other) {
        token = other;
        return this;
    }

    HttpResponse<byte[]> put(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(kazoo.base() + path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> method(String method, String path) {
        return send(HttpRequest.newBuilder(URI.create(kazoo.base() + path))
                .header("X-Auth-Token", token)
                .method(method, BodyPublishers.noBody()));
    }

    HttpResponse<byte[]> patch(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(kazoo.base() + path))
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> follow(URI elsewhere) {
        HttpRequest.Builder request = HttpRequest.newBuilder(elsewhere);
        return send((token == null ? request : request.header("X-Auth-Token", token)).GET());
    }

    /** @param headers name, value, name, value */
    HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(kazoo.base() + path));
        if (token != null) {
            request.header("X-Auth-Token", token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    JsonNode json(String path) {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        return Json.read(answer.body());
    }

    /** The value of one field in each row, over all pages, as many as the server leads to. */
    List<String> walk(String path, String field) {
        List<String> values = new ArrayList<>();
        String key = "";
        while (key != null) {
            JsonNode page = json(path + key);
            page.path("data").forEach(row -> values.add(row.path(field).asText()));
            String next = page.path("next_start_key").asText(null);
            key = next == null ? null : "&start_key=" + next;
        }
        return values;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
