// SPDX-License-Identifier: Apache-2.0
package io.callvault.exchange;

/**
 * Every variable that travels in an exchange. Variables survive {@code split} and {@code direct:}; one set inside a split
 * does not leak out of it. None holds a secret.
 */
public final class Variables {

    /** String: address to ask for next, as the provider gave it; null when there is nothing more. Set by listing and content routes. */
    public static final String ADDRESS = "address";

    /** String: one line that says what an alarm is about, of our own words, ids and codes. Set when an alarm is sent. */
    public static final String ALARM_TITLE = "alarmTitle";

    /** String: mail addresses, comma-separated. Set when an alarm is sent by mail. */
    public static final String ALARM_TO = "alarmTo";

    /** A form of a record that the ledger does not know. ListingRun.Candidate. Set by listing routes around the operators' on-record step. */
    public static final String CANDIDATE = "candidate";

    /** The target's own proof of what was put, {@code <kind>:<value>}. String. Set by a store's put; read by the caller. */
    public static final String CHECKSUM = "checksum";

    /** Media type of the file, for example {@code audio/mpeg}. String. Set by the caller of a store; read by its put. */
    public static final String CONTENT_TYPE = "contentType";

    /** How many objects were listed. Long. Set by a store's list when it is done: unset means that it cannot list. */
    public static final String COUNT = "count";

    /** String: id of the customer. Set when an exchange begins. */
    public static final String CUSTOMER = "customer";

    /** Download: the item on its way into the spool. Set by fetching; filled by content routes. */
    public static final String DOWNLOAD = "download";

    /** String: why a record's items are not to be fetched. Set by the operators' on-record step; read by listing. */
    public static final String EXCLUDE = "exclude";

    /** String: the feed. Set when an exchange begins. */
    public static final String FEED = "feed";

    /** Whether an object lies under the path. Boolean. Set by a store's stat; read by the caller. */
    public static final String FOUND = "found";

    /** String: API group of the request, lower case. Set when an exchange begins and by the gate routes. */
    public static final String GROUP = "group";

    /** The file that a store's get writes to. {@code java.io.File}. Set by the caller; read by the store. */
    public static final String INTO = "into";

    /**
     * Whether a put to the same directory follows, before which this one is not relied on. Boolean. Set by the caller of a
     * store; read by its put.
     */
    public static final String IS_FOLLOWED = "isFollowed";

    /** String: the item, for example {@code recording/9900112233005}. Set by fetching and storing. */
    public static final String ITEM = "item";

    /** String: number of the lane, from {@code 1}. Set when an exchange begins. */
    public static final String LANE = "lane";

    /**
     * Runnable: fails when what is archived is not what it should be. Set when the provider is asked to give something up; run
     * right before the request leaves.
     */
    public static final String LAST_LOOK = "lastLook";

    /**
     * Length in bytes. Long. Set by the caller for put: of the file. Set by a store's stat: of the object, and by its
     * get: of what was written.
     */
    public static final String LENGTH = "length";

    /** At most so many bytes, or -1 for all to the end. Long. Set by the caller of a store; read by its get. */
    public static final String LIMIT = "limit";

    /** ListingRun: the walk that a listing route makes. Set by listing. */
    public static final String LISTING = "listing";

    /** Where the object lies, as the target calls it. String. Set by a store's put; read by the caller. */
    public static final String LOCATION = "location";

    /** Instant: when what is asked for will be lost; absent when it is not known to be. Set by fetching; read by the gate. */
    public static final String LOSS_AT = "lossAt";

    /**
     * Whether the target may keep the file's own inode, because nobody writes to it any more. Boolean. Set by the caller
     * of a store; read by its put.
     */
    public static final String MAY_SHARE = "mayShare";

    /**
     * Names and values to keep with the object where the target can. {@code Map<String, String>}. Set by the caller of a
     * store; read by its put.
     */
    public static final String METADATA = "metadata";

    /** Where to begin, in bytes from the start. Long. Set by the caller of a store for get, and by content routes: what is here already; absent for a request that is no download. */
    public static final String OFFSET = "offset";

    /** What a store is asked to do: {@code put}, {@code stat}, {@code get}, {@code list}. String. Set by its caller. */
    public static final String OPERATION = "operation";

    /**
     * String: the part of the account that is being listed, an extension or a sub-account; absent when the feed is listed
     * as a whole. Set by listing; read by the provider, to whom a refusal then concerns this part only.
     */
    public static final String PART = "part";

    /** PartsRun: the reading of a list of parts. Set by listing; filled by the routes that list parts. */
    public static final String PARTS = "parts";

    /** Passage: the request's way through its gate. Set by the gate routes. */
    public static final String PASSAGE = "passage";

    /**
     * The object's path in the target, relative, with {@code /} between pieces; for list, how the paths begin. String.
     * Set by the caller of a store; read by the store.
     */
    public static final String PATH = "path";

    /** Proof of an item's binary at a target. Receipt. Set by storing. */
    public static final String PROOF = "proof";

    /** String: name of the provider. Set when an exchange begins. */
    public static final String PROVIDER = "provider";

    /** Kind: what the request is for. Set when an exchange begins and by the login routes; read by the gate. */
    public static final String PURPOSE = "purpose";

    /** DueReceipt: the item and target that a storing route works on. Set by storing. */
    public static final String RECEIPT = "receipt";

    /** String: id of the record. Set by listing, for the operators' on-record step, and by storing. */
    public static final String RECORD_ID = "recordId";

    /** Removal: what the provider is asked to give up. Set when it is; read by the provider's removal route. */
    public static final String REMOVAL = "removal";

    /** SHA-256 of the file, 64 lower-case hex digits. String. Set by the caller of a store; read by its put. */
    public static final String SHA256 = "sha256";

    /** String: what is being done, to follow "Tried to", for errors. Set when an exchange begins. */
    public static final String SUBJECT = "subject";

    /**
     * Tags for the object where the target knows tags. {@code Map<String, String>}. Set by the caller of a store; read by
     * its put.
     */
    public static final String TAGS = "tags";

    /** Name of the target. String. Set by the caller of a store; for messages and routes. */
    public static final String TARGET = "target";

    private Variables() {}
}
