// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Style, scripts and the icon, all from the class path, so that a page needs nothing from elsewhere. */
final class Assets {

    private static final String OWN = "/io/callvault/console/assets/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";

    private record Asset(String type, byte[] bytes) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    Assets() {
        add("console.css", "text/css; charset=utf-8", OWN + "console.css");
        add("console.js", "text/javascript; charset=utf-8", OWN + "console.js");
        add("icon.svg", "image/svg+xml", OWN + "icon.svg");
        add("chart.js", "text/javascript; charset=utf-8", WEBJARS + "chart.js/4.5.1/dist/chart.umd.min.js");
        add("wavesurfer.js", "text/javascript; charset=utf-8", WEBJARS + "wavesurfer.js/5.1.0/dist/wavesurfer.min.js");
    }

    private void add(String name, String type, String resource) {
        try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            assets.put(name, new Asset(type, stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return assets.keySet();
    }

    Reply get(String name) {
        Asset asset = assets.get(name);
        return asset == null
                ? Reply.text(404, "There is no such file.")
                : Reply.bytes(200, asset.type(), asset.bytes()).with("Cache-Control", "max-age=3600");
    }
}
