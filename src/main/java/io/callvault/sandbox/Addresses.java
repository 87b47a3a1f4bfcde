// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.net.URI;

/** The URIs that rows are full of. The provider writes the numeric ids into them even where it was asked with "~". */
record Addresses(URI api, URI media, String accountId) {

    private static final String ROOT = "/restapi/v1.0/account/";

    String account() {
        return api + ROOT + accountId;
    }

    String page(String path, String query) {
        return api + path.replace(ROOT + "~", ROOT + accountId) + query;
    }

    String call(String id, String view) {
        return account() + "/call-log/" + id + "?view=" + view;
    }

    String extension(long id) {
        return account() + "/extension/" + id;
    }

    String recording(String id) {
        return account() + "/recording/" + id;
    }

    String content(String recordingId) {
        return media + ROOT + accountId + "/recording/" + recordingId + "/content";
    }

    String message(Message message) {
        return extension(message.extension().id()) + "/message-store/" + message.id();
    }

    String content(Message message, Message.Attachment attachment) {
        return media + ROOT + accountId + "/extension/" + message.extension().id() + "/message-store/" + message.id()
                + "/content/" + attachment.id();
    }
}
