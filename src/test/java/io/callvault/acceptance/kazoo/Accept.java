// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the asker would take, most wanted first. Parameters other than {@code q} do not count here. */
final class Accept {

    private record Wish(String type, double quality) {}

    private Accept() {}

    /** The parameter {@code accept} beats the header; nothing at all is an empty list. */
    static List<String> of(Asked request) {
        String text = request.parameter("accept") == null ? request.headers().get("accept") : request.parameter("accept");
        List<Wish> wishes = new ArrayList<>();
        for (String entry : text == null ? new String[0] : text.split(",")) {
            String[] parts = entry.trim().toLowerCase(Locale.ROOT).split(";");
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                String part = parts[i].trim();
                quality = part.startsWith("q=") ? Double.parseDouble(part.substring(2)) : quality;
            }
            wishes.add(new Wish(parts[0].trim(), quality));
        }
        return wishes.stream()
                .filter(wish -> !wish.type().isEmpty() && wish.quality() > 0)
                .sorted(Comparator.comparingDouble(Wish::quality).reversed())
                .map(Wish::type)
                .toList();
    }

    /** Whether one of the offered types would do. */
    static boolean any(List<String> wishes, List<String> offered) {
        return wishes.isEmpty()
                || wishes.stream()
                        .anyMatch(wish -> offered.stream()
                                .anyMatch(type -> wish.equals("*/*")
                                        || wish.equals(type)
                                        || wish.endsWith("/*") && type.startsWith(wish.substring(0, wish.length() - 1))));
    }
}
