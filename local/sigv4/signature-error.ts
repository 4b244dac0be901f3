const answers = {
  AccessDenied: { status: 403, jsonCode: "AccessDeniedException" },
  AuthorizationHeaderMalformed: { status: 400, jsonCode: "IncompleteSignatureException" },
  AuthorizationQueryParametersError: { status: 400, jsonCode: "IncompleteSignatureException" },
  IncompleteBody: { status: 400, jsonCode: "SerializationException" },
  InvalidAccessKeyId: { status: 403, jsonCode: "UnrecognizedClientException" },
  InvalidArgument: { status: 400, jsonCode: "IncompleteSignatureException" },
  InvalidRequest: { status: 400, jsonCode: "IncompleteSignatureException" },
  InvalidToken: { status: 400, jsonCode: "UnrecognizedClientException" },
  InvalidURI: { status: 400, jsonCode: "IncompleteSignatureException" },
  MissingAuthentication: { status: 403, jsonCode: "MissingAuthenticationTokenException" },
  MissingContentLength: { status: 411, jsonCode: "SerializationException" },
  RequestTimeTooSkewed: { status: 403, jsonCode: "InvalidSignatureException" },
  SignatureDoesNotMatch: { status: 403, jsonCode: "InvalidSignatureException" },
  XAmzContentSHA256Mismatch: { status: 400, jsonCode: "InvalidSignatureException" },
} as const;

export type SignatureErrorCode = keyof typeof answers;

/**
 * A request whose signature does not hold. `code` and `status` are S3's; `jsonCode` is what the services of the AWS
 * JSON protocols answer in the same case, always with status 400.
 */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
  readonly code: string;
  readonly status: number;
  readonly jsonCode: string;

  constructor(code: SignatureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code === "MissingAuthentication" ? "AccessDenied" : code;
    this.status = answers[code].status;
    this.jsonCode = answers[code].jsonCode;
  }
}
