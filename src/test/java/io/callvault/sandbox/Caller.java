// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A plain client of the sandbox: sends what it is told to and judges nothing. */
final class Caller {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private String token = "none";

    Caller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    static Caller signedIn(Sandbox sandbox) {
        Caller caller = new Caller(sandbox);
        caller.signIn("sandbox-jwt");
        return caller;
    }

    HttpResponse<byte[]> signIn(String jwt) {
        return grant("sandbox-client", "sandbox-secret", GRANT, jwt);
    }

    HttpResponse<byte[]> grant(String id, String secret, String grant, String jwt) {
        String form = "grant_type=" + encoded(grant) + "&assertion=" + encoded(jwt);
        HttpResponse<byte[]> response = post("/restapi/oauth/token", id, secret, form);
        if (response.statusCode() == 200) {
            token = json(response).get("access_token").asText();
        }
        return response;
    }

    HttpResponse<byte[]> revoke() {
        return post("/restapi/oauth/revoke", "sandbox-client", "sandbox-secret", "token=" + token);
    }

    private HttpResponse<byte[]> post(String path, String id, String secret, String form) {
        byte[] basic = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return sent(HttpRequest.newBuilder(sandbox.server().resolve(path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** A path, or a whole URI. */
    HttpResponse<byte[]> get(String address, String... headers) {
        return sent(request(address, headers).build());
    }

    HttpResponse<byte[]> send(String method, String address) {
        return sent(request(address).method(method, BodyPublishers.noBody()).build());
    }

    JsonNode json(String address) {
        return json(get(address));
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String code(HttpResponse<byte[]> response) {
        return json(response).at("/errors/0/errorCode").asText();
    }

    static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** All rows of a listing, following the links to the next page. */
    List<JsonNode> all(String address) {
        List<JsonNode> rows = new ArrayList<>();
        String next = address;
        while (next != null) {
            JsonNode page = json(next);
            page.get("records").forEach(rows::add);
            next = page.at("/navigation/nextPage/uri").asText(null);
        }
        return rows;
    }

    private HttpRequest.Builder request(String address, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(sandbox.server().resolve(URI.create(address)))
                .header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            builder.setHeader(headers[i], headers[i + 1]);
        }
        return builder;
    }

    private HttpResponse<byte[]> sent(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
