// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The entries of a properties file as they are written, in their order. Its text form shows no value.
 *
 * @param file absolute
 * @param entries key to value, placeholders unresolved, without white space at the end; of a key set twice the last
 * @param duplicates key to the numbers of the lines that set it, for keys set more than once
 * @param unreadable numbers of lines with a broken escape
 */
record PropertiesFile(
        Path file, Map<String, String> entries, Map<String, List<Integer>> duplicates, List<Integer> unreadable) {

    /** Where relative paths start. */
    Path directory() {
        return file.getParent();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** @throws StopAllException (CONFIGURATION) when the file is not there, cannot be read or is not UTF-8 */
    static PropertiesFile read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            return of(absolute, Files.readString(absolute));
        } catch (NoSuchFileException e) {
            throw refused(absolute
                    + ": there is no such file; name one with --config, or have one written by callvault init");
        } catch (CharacterCodingException e) {
            throw refused(absolute + ": is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw refused(absolute + ": cannot be read (" + e.getClass().getSimpleName() + "); check its permissions");
        }
    }

    private static StopAllException refused(String message) {
        return new StopAllException(ErrorCode.CONFIGURATION, message);
    }

    static PropertiesFile of(Path file, String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        Map<String, List<Integer>> lines = new LinkedHashMap<>();
        List<Integer> unreadable = new ArrayList<>();
        String[] natural = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1);
        for (int i = 0; i < natural.length; i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(natural[i]).append('\n');
            while (!isCommentOrBlank(natural[first]) && continues(natural[i]) && i + 1 < natural.length) {
                logical.append(natural[++i]).append('\n');
            }
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical.toString()));
            } catch (IOException | IllegalArgumentException e) {
                unreadable.add(first + 1);
            }
            one.stringPropertyNames().forEach(key -> {
                entries.put(key, one.getProperty(key).strip());
                lines.computeIfAbsent(key, k -> new ArrayList<>()).add(first + 1);
            });
        }
        lines.values().removeIf(numbers -> numbers.size() < 2);
        return new PropertiesFile(file, entries, lines, unreadable);
    }

    private static boolean isCommentOrBlank(String line) {
        String text = line.stripLeading();
        return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
