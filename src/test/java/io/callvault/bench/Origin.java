// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

import io.callvault.sandbox.SandboxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The running {@link BenchServer}.
 *
 * @param sandbox address of the make-believe provider
 * @param files address of the plain directory
 * @param sums SHA-256 of each recording by its id
 * @param house where it works
 */
record Origin(Process process, URI sandbox, URI files, Map<String, String> sums, House house)
        implements AutoCloseable {

    /** @param bytes of each recording */
    static Origin start(House house, int recordings, long bytes) throws IOException {
        Process process = new ProcessBuilder(house.java(
                        "1g",
                        BenchServer.class,
                        Integer.toString(recordings),
                        Long.toString(bytes),
                        house.directory().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("the origin did not start");
        }
        String[] addresses = line.split(" ");
        Map<String, String> sums = new TreeMap<>();
        Files.readAllLines(house.directory().resolve("recordings.txt")).forEach(row -> {
            String[] cells = row.split(" ");
            sums.put(cells[0], cells[1]);
        });
        return new Origin(process, URI.create(addresses[0]), URI.create(addresses[1]), sums, house);
    }

    URI content(String id) {
        return content(sandbox, id);
    }

    /** Where a sandbox has a recording. */
    static URI content(URI sandbox, String id) {
        return sandbox.resolve("/restapi/v1.0/account/" + SandboxOptions.demo().accountId() + "/recording/" + id + "/content");
    }

    /** Downloads every recording once, so that the directory has files and the origin has warmed up. Not timed. */
    void fill(Path directory) throws IOException {
        Files.createDirectories(directory);
        String token = Rival.token(this);
        for (String id : sums.keySet()) {
            HttpURLConnection connection = (HttpURLConnection) content(id).toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            try (InputStream bytes = connection.getInputStream()) {
                Files.copy(bytes, directory.resolve(id + ".mp3"));
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
