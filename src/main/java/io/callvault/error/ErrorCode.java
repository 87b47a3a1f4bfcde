// SPDX-License-Identifier: Apache-2.0
package io.callvault.error;

/**
 * What happened and who acts. Each code fixes the outcome it leads to; the exception that carries it says what happens
 * next. Codes are written to the ledger, the journal, the log and the metrics, so they are only ever added.
 */
public enum ErrorCode {
    /** No connection, a time-out, a connection cut before the answer began. */
    PROVIDER_UNREACHABLE(TryAgainException.class, Owner.PROVIDER),
    /** The provider answered 5xx, or an answer that makes no sense for the request. */
    PROVIDER_BUSY(TryAgainException.class, Owner.PROVIDER),
    /** The provider is still answering the same request; it is asked again a moment later. Says nothing about the budget. */
    REQUEST_REPEATED(TryAgainException.class, Owner.PROVIDER),
    /** An access token was refused where it should have been good; a new one is asked for once. */
    TOKEN_REJECTED(TryAgainException.class, Owner.PROVIDER),
    /** A listing answered with something that is not the listing. */
    LISTING_UNREADABLE(TryAgainException.class, Owner.PROVIDER),
    /** The binary ended before its announced length. */
    CONTENT_SHORT(TryAgainException.class, Owner.PROVIDER),
    /** An empty body where a binary was announced. */
    CONTENT_EMPTY(TryAgainException.class, Owner.PROVIDER),
    /** HTML, JSON or XML where a binary was announced. */
    CONTENT_NOT_MEDIA(TryAgainException.class, Owner.PROVIDER),
    /** The provider could not read this one binary from where it keeps it. */
    CONTENT_UNREADABLE(TryAgainException.class, Owner.PROVIDER),
    /** A redirect or a content address that may not be followed. */
    CONTENT_FOREIGN(TryAgainException.class, Owner.PROVIDER),
    /** The provider refused this one binary: 403 without a permission that the whole customer lacks. */
    CONTENT_FORBIDDEN(SkipRecordException.class, Owner.OPERATOR),
    /** The provider does not have this binary, or does not have it yet. */
    CONTENT_MISSING(SkipRecordException.class, Owner.PROVIDER),
    /** What the provider says of an item beside its record could not be had; the item is stored without. */
    METADATA_MISSING(SkipRecordException.class, Owner.PROVIDER),
    /** The provider says that it never kept this binary. */
    CONTENT_NOT_RETAINED(SkipRecordException.class, Owner.PROVIDER),
    /** A record that cannot be read; it is kept raw. */
    RECORD_UNREADABLE(SkipRecordException.class, Owner.PROVIDER),
    /** A rule of the customer's configuration, or a step of the operator's, keeps this out. */
    EXCLUDED(SkipRecordException.class, Owner.OPERATOR),
    /** The next link of a listing leads to a host that is not the provider's. */
    LISTING_FOREIGN_LINK(SkipRecordException.class, Owner.PROVIDER),
    /** The part of the account (an extension, a sub-account) is not visible to these credentials. */
    PART_NOT_VISIBLE(SkipRecordException.class, Owner.OPERATOR),
    /** 429, or a quota: the provider named a time, or a default applies. */
    BUDGET_EXHAUSTED(WaitException.class, Owner.PROVIDER),
    /** The credentials were refused. */
    CREDENTIALS_REJECTED(StopCustomerException.class, Owner.OPERATOR),
    /** The application or its user lacks a permission without which the customer, or a feed of it, cannot be archived. */
    PERMISSION_MISSING(StopCustomerException.class, Owner.OPERATOR),
    /** An alarm could not be sent; it is kept and sent later. */
    ALARM_NOT_SENT(TryAgainException.class, Owner.OPERATOR),
    /** A step of the operator's own routes failed. */
    OWN_STEP_FAILED(TryAgainException.class, Owner.OPERATOR),
    /** The target cannot be reached or answers with a passing fault. */
    STORE_UNREACHABLE(TryAgainException.class, Owner.STORE),
    /** The target took something else than what was put. */
    STORE_NOT_PROVED(TryAgainException.class, Owner.STORE),
    /** The target has no room left. */
    STORE_FULL(StopCustomerException.class, Owner.OPERATOR),
    /** The target refuses: a permission, a read-only disk, a missing directory or bucket. */
    STORE_DENIED(StopCustomerException.class, Owner.OPERATOR),
    /** Another object with other bytes lies under the name. */
    STORE_CONFLICT(SkipRecordException.class, Owner.STORE),
    /** An object that was proved is not there any more. */
    STORE_OBJECT_MISSING(SkipRecordException.class, Owner.STORE),
    /** A path that would leave the target, or that no target can hold. */
    STORE_PATH_REFUSED(SkipRecordException.class, Owner.OURS),
    /** The target's journal holds more than the ledger knows: run rebuild. */
    LEDGER_BEHIND_JOURNAL(StopCustomerException.class, Owner.OPERATOR),
    /** The ledger knows the customer that was to be rebuilt. */
    LEDGER_NOT_EMPTY(StopAllException.class, Owner.OPERATOR),
    /** The provider lists what the ledger did not have when they were compared; it has it now, and it is due. */
    REPORT_NOT_IN_LEDGER(TryAgainException.class, Owner.OPERATOR),
    /** The provider lists another form of a record than the ledger had when they were compared; it has it now. */
    REPORT_REVISION_OUTDATED(TryAgainException.class, Owner.OPERATOR),
    /** The provider refused to give one thing up, or did not do it; it stays there, and in the archive. */
    RELEASE_REFUSED(SkipRecordException.class, Owner.PROVIDER),
    /** The provider does not know what it was asked to do with what is archived. */
    RELEASE_NOT_KNOWN(StopCustomerException.class, Owner.OPERATOR),
    /** A release was asked for whose settings were never tried with {@code --dry-run}. */
    RELEASE_NOT_REHEARSED(StopAllException.class, Owner.OPERATOR),
    /** Something is wrong with the customer, and nothing is released until it is mended. */
    RELEASE_HELD_UP(StopCustomerException.class, Owner.OPERATOR),
    /** What the machine's clock says is not what the provider's says: nobody knows how long something is stored. */
    CLOCK_UNSURE(StopCustomerException.class, Owner.OPERATOR),
    /** The command line or the configuration is wrong. */
    CONFIGURATION(StopAllException.class, Owner.OPERATOR),
    /** Home directory or ledger unusable. */
    HOME_UNUSABLE(StopAllException.class, Owner.OPERATOR),
    /** Another process works on this ledger. */
    LOCKED(StopAllException.class, Owner.OPERATOR),
    /** The disk under the spool or the ledger is full. */
    SPOOL_FULL(StopAllException.class, Owner.OPERATOR),
    /** A customer's share of the spool is full of what no target has yet. */
    SPOOL_SHARE_FULL(TryAgainException.class, Owner.OPERATOR),
    /** A bug. */
    INTERNAL(StopCustomerException.class, Owner.OURS);

    private final Class<? extends ArchiveException> outcome;
    private final Owner owner;

    ErrorCode(Class<? extends ArchiveException> outcome, Owner owner) {
        this.outcome = outcome;
        this.owner = owner;
    }

    /** The class of exception that carries this code. */
    public Class<? extends ArchiveException> outcome() {
        return outcome;
    }

    /** Who must act. */
    public Owner owner() {
        return owner;
    }
}
