// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;
import com.dropbox.core.util.IOUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How the SDK's requests go out: by the JDK's own client, to Dropbox or to a server in its place, which the SDK cannot
 * name because it writes https and a host without a port. Names of an answer's headers are found whatever their case,
 * which the SDK looks for in one only.
 */
final class Requests extends HttpRequestor {

    private static final long CONNECT = 10_000; // ms

    private final StandardHttpRequestor standard;
    private final String server;

    /** @param server in place of Dropbox; null: Dropbox */
    Requests(URI server, Duration timeout) {
        this.standard = new StandardHttpRequestor(StandardHttpRequestor.Config.builder()
                .withConnectTimeout(Math.min(CONNECT, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .withReadTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build());
        this.server = server == null ? null : server.toString();
    }

    private String address(String url) {
        if (server == null) {
            return url;
        }
        URI asked = URI.create(url);
        return server + asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
    }

    @Override
    public Response doGet(String url, Iterable<Header> headers) throws IOException {
        return readable(standard.doGet(address(url), headers));
    }

    @Override
    public Uploader startPost(String url, Iterable<Header> headers) throws IOException {
        return new Sending(standard.startPost(address(url), headers));
    }

    @Override
    public Uploader startPostInStreamingMode(String url, Iterable<Header> headers) throws IOException {
        return new Sending(standard.startPostInStreamingMode(address(url), headers));
    }

    @Override
    public Uploader startPut(String url, Iterable<Header> headers) throws IOException {
        return new Sending(standard.startPut(address(url), headers));
    }

    private static Response readable(Response answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.getHeaders().forEach((name, values) -> {
            if (name != null) { // the status line
                headers.put(name, values);
            }
        });
        return new Response(
                answer.getStatusCode(),
                answer.getBody() == null ? InputStream.nullInputStream() : answer.getBody(),
                headers);
    }

    private static final class Sending extends Uploader {

        private final Uploader uploader;

        Sending(Uploader uploader) {
            this.uploader = uploader;
        }

        @Override
        public OutputStream getBody() {
            return uploader.getBody();
        }

        @Override
        public void close() {
            uploader.close();
        }

        @Override
        public void abort() {
            uploader.abort();
        }

        @Override
        public Response finish() throws IOException {
            return readable(uploader.finish());
        }

        @Override
        public void setProgressListener(IOUtil.ProgressListener listener) {
            uploader.setProgressListener(listener);
        }
    }
}
