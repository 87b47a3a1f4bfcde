// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.callvault.sandbox.SandboxOptions;

/** A way to get all recordings into a directory. */
enum Rival {
    CALLVAULT("callvault archive") {
        @Override
        List<String> prepare(Path folder, Origin origin) throws IOException {
            Files.writeString(
                    folder.resolve("application.properties"), House.settings(origin.sandbox(), House.DISK));
            return origin.house().callvault("archive");
        }
    },
    CURL("curl --parallel-max 32") {
        @Override
        List<String> prepare(Path folder, Origin origin) throws IOException {
            Path archive = Files.createDirectory(folder.resolve("archive"));
            StringBuilder lines = new StringBuilder("header = \"Authorization: Bearer " + token(origin) + "\"\n");
            for (String id : origin.sums().keySet()) {
                lines.append("url = \"").append(origin.content(id)).append("\"\n");
                lines.append("output = \"").append(archive.resolve(id + ".mp3")).append("\"\n");
            }
            Path config = folder.resolve("curl.txt");
            Files.writeString(config, lines);
            return List.of(
                    "curl", "--silent", "--show-error", "--fail", "--parallel", "--parallel-max", "32", "--config",
                    config.toString());
        }
    },
    RCLONE("rclone --transfers 32") {
        @Override
        List<String> prepare(Path folder, Origin origin) {
            return List.of(
                    "rclone", "copy", "--config", "/dev/null", "--transfers", "32", "--http-url", origin.files() + "/",
                    ":http:", folder.resolve("archive").toString());
        }
    };

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final String words;

    Rival(String words) {
        this.words = words;
    }

    /** The command line, short. */
    String words() {
        return words;
    }

    /**
     * Writes what the program needs; none of it is timed.
     *
     * @param folder new and empty; the recordings must end below {@code archive/} in it
     * @return the command
     */
    abstract List<String> prepare(Path folder, Origin origin) throws IOException;

    /** Whether its program is on this machine. */
    boolean isHere() {
        return this == CALLVAULT
                || Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name().toLowerCase(Locale.ROOT))));
    }

    static String token(Origin origin) throws IOException {
        SandboxOptions.Credentials credentials = SandboxOptions.demo().credentials();
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(origin.sandbox() + "/restapi/oauth/token").toURL().openConnection();
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((credentials.clientId() + ":" + credentials.clientSecret())
                        .getBytes(StandardCharsets.UTF_8)));
        connection.setDoOutput(true);
        String grant = URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8);
        try (var out = connection.getOutputStream()) {
            out.write(("grant_type=" + grant + "&assertion=" + credentials.jwts().get(0))
                    .getBytes(StandardCharsets.UTF_8));
        }
        try (var in = connection.getInputStream()) {
            Matcher matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!matcher.find()) {
                throw new IOException("no access token in the answer");
            }
            return matcher.group(1);
        }
    }
}
