// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** An object of a journal, copied to a file. */
record JournalFile(Path path) {

    /** Takes the lines of events. */
    @FunctionalInterface
    interface Lines {
        void line(String line) throws IOException;
    }

    /**
     * The header.
     *
     * @throws IOException if the file is no journal's, or is damaged anywhere
     */
    JsonNode header() throws IOException {
        try (BufferedReader reader = open()) {
            String first = reader.readLine();
            JsonNode header = first == null ? null : ExactJson.MAPPER.readTree(first);
            while (reader.readLine() != null) {
                // To the end, where the checksum is.
            }
            if (header == null || !header.isObject()) {
                throw new IOException("it does not begin with a header");
            }
            return header;
        }
    }

    /** Every line behind the header. */
    void events(Lines lines) throws IOException {
        try (BufferedReader reader = open()) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.line(line);
            }
        }
    }

    private BufferedReader open() throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path), 65_536), StandardCharsets.UTF_8));
    }
}
