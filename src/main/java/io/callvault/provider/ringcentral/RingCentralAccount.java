// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.provider.Account;
import io.callvault.provider.Lane;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One customer at RingCentral: where its servers are and what it signs in with. Never printed. */
final class RingCentralAccount {

    private final String customer;
    private final URI server;
    private final String origin;
    private final Set<String> origins = new HashSet<>();
    private final String clientId;
    private final String clientSecret;
    private final List<String> jwts;
    private final Duration messageRetention;
    private final List<Lane> lanes = new ArrayList<>();
    private volatile Map<String, Duration> learned = Map.of();

    RingCentralAccount(Account account) {
        this.customer = account.customer();
        this.server = URI.create(account.setting("server"));
        this.clientId = account.setting("client-id");
        this.clientSecret = account.setting("client-secret");
        this.jwts = account.all("jwt");
        String messages = account.setting("message-retention");
        this.messageRetention = messages == null ? null : Duration.parse(messages);
        this.origin = origin(server);
        origins.add(origin);
        origins.add(origin(mediaServer(server)));
        if (account.setting("media-server") != null) {
            origins.add(origin(URI.create(account.setting("media-server"))));
        }
        for (int i = 0; i < jwts.size(); i++) {
            String user = ExactJson.hex(jwts.get(i)).substring(0, 16);
            lanes.add(new Lane(customer, String.valueOf(i + 1), origin + "|" + clientId + "|" + user));
        }
    }

    String customer() {
        return customer;
    }

    List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    Lane lane(String number) {
        return lanes.get(Integer.parseInt(number) - 1);
    }

    String jwt(Lane lane) {
        return jwts.get(Integer.parseInt(lane.number()) - 1);
    }

    /** When each lane's JWT ends, by the lane's number; without those that do not say it or cannot be read. */
    Map<String, Instant> jwtsEnd() {
        Map<String, Instant> ends = new HashMap<>();
        lanes.forEach(lane -> {
            Instant end = end(jwt(lane));
            if (end != null) {
                ends.put(lane.number(), end);
            }
        });
        return ends;
    }

    /** The claim {@code exp}, in seconds (RFC 7519, section 4.1.4), of the second of three parts (RFC 7515, section 3.1). */
    private static Instant end(String jwt) {
        String[] parts = jwt.split("\\.");
        try {
            JsonNode claims = parts.length == 3
                    ? ExactJson.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]))
                    : ExactJson.MAPPER.nullNode();
            JsonNode end = claims.path("exp");
            return end.canConvertToLong() && end.isNumber() ? Instant.ofEpochSecond(end.longValue()) : null;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return null; // then it says nothing of its end; whether it is any good the provider says
        }
    }

    /** How long voicemails and received faxes are kept, as the operator says; null when they do not. */
    Duration messageRetention() {
        return messageRetention;
    }

    /** What the account said of how long it keeps things is believed from now on. */
    void learned(Map<String, Duration> retentions) {
        learned = Map.copyOf(retentions);
    }

    /** How long the account said that it keeps what {@link Retentions} calls so; null when it did not. */
    Duration learned(String name) {
        return learned.get(name);
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    /** The address as it is, or on the API server if it is only a path. */
    String address(String address) {
        return address.startsWith("/") && !address.startsWith("//") ? origin + address : address;
    }

    /** True if the address is on the API server: listings and tokens are asked nowhere else. */
    boolean isServer(String address) {
        return origin.equals(originOf(address(address)));
    }

    /** True if the token may go to this address: the API server and its media host. */
    boolean isOwn(String address) {
        return isPlainlyOurs(address) || isOfOurs(address);
    }

    /** An address on the API server that can be read in one way only, as nearly all are. Saves reading it as a URI. */
    private boolean isPlainlyOurs(String address) {
        if (!address.startsWith(origin) || address.length() == origin.length() || address.charAt(origin.length()) != '/') {
            return false;
        }
        for (int i = origin.length(); i < address.length(); i++) {
            char c = address.charAt(i);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '~' || c == '_';
            if (!isPlain) {
                return false;
            }
        }
        return true;
    }

    private boolean isOfOurs(String address) {
        String origin = originOf(address(address));
        return origin != null && origins.contains(origin);
    }

    /** No secret of this account appears in the text. */
    String withoutSecrets(String text) {
        String clean = text;
        List<String> secrets = new ArrayList<>(jwts);
        secrets.add(clientSecret);
        for (String secret : secrets) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
        }
        return clean;
    }

    /** RingCentral serves binaries from the same host with media in place of platform (API reference, servers). */
    private static URI mediaServer(URI server) {
        String host = server.getHost();
        return host.startsWith("platform.")
                ? URI.create(server.getScheme() + "://media." + host.substring("platform.".length())
                        + (server.getPort() < 0 ? "" : ":" + server.getPort()))
                : server;
    }

    private static String originOf(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null
                    ? null
                    : origin(uri);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (port == standard ? "" : ":" + port);
    }
}
