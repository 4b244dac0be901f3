/**
 * An error of the user pool API as it goes over the wire: `__type`, `message`, and HTTP status
 * (400 for what the caller did, 500 for what the server failed at).
 */
export class UserPoolError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, options?: ErrorOptions & { readonly status?: number }) {
    super(message, options);
    this.name = new.target.name;
    this.type = type;
    this.status = options?.status ?? 400;
  }
}

export class AliasExistsError extends UserPoolError {
  constructor(message = "An account with the given email already exists.") {
    super("AliasExistsException", message);
  }
}

export class CodeMismatchError extends UserPoolError {
  constructor(message = "Invalid verification code provided, please try again.") {
    super("CodeMismatchException", message);
  }
}

export class ExpiredCodeError extends UserPoolError {
  constructor(message = "Invalid code provided, please request a code again.") {
    super("ExpiredCodeException", message);
  }
}

export class InternalFailureError extends UserPoolError {
  constructor(message: string, options?: ErrorOptions) {
    super("InternalErrorException", message, { ...options, status: 500 });
  }
}

export class InvalidLambdaResponseError extends UserPoolError {
  constructor(message = "Unrecognizable lambda output") {
    super("InvalidLambdaResponseException", message);
  }
}

export class InvalidParameterError extends UserPoolError {
  constructor(message: string, options?: ErrorOptions) {
    super("InvalidParameterException", message, options);
  }
}

export class InvalidPasswordError extends UserPoolError {
  constructor(rule: string) {
    super("InvalidPasswordException", `Password did not conform with policy: ${rule}`);
  }
}

export class LimitExceededError extends UserPoolError {
  constructor(message = "Attempt limit exceeded, please try after some time.") {
    super("LimitExceededException", message);
  }
}

export class MissingAuthenticationTokenError extends UserPoolError {
  constructor() {
    super("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
}

export class NotAuthorizedError extends UserPoolError {
  constructor(message = "Incorrect username or password.", options?: ErrorOptions) {
    super("NotAuthorizedException", message, options);
  }
}

export class PasswordResetRequiredError extends UserPoolError {
  constructor() {
    super("PasswordResetRequiredException", "Password reset required for the user");
  }
}

export class RefreshTokenReuseError extends UserPoolError {
  constructor() {
    super("RefreshTokenReuseException", "Refresh token has been invalidated by rotation");
  }
}

export class ResourceNotFoundError extends UserPoolError {
  constructor(message: string) {
    super("ResourceNotFoundException", message);
  }
}

export class SerializationError extends UserPoolError {
  constructor(message: string, options?: ErrorOptions) {
    super("SerializationException", message, options);
  }
}

export class UnauthorizedError extends UserPoolError {
  constructor(message: string) {
    super("UnauthorizedException", message);
  }
}

export class UnexpectedLambdaError extends UserPoolError {
  constructor(message: string, options?: ErrorOptions) {
    super("UnexpectedLambdaException", message, options);
  }
}

export class UnknownOperationError extends UserPoolError {
  constructor(operation: string) {
    super("UnknownOperationException", `The operation ${operation} is not served here`);
  }
}

export class UnsupportedOperationError extends UserPoolError {
  constructor(message: string) {
    super("UnsupportedOperationException", message);
  }
}

export class UnsupportedTokenTypeError extends UserPoolError {
  constructor() {
    super("UnsupportedTokenTypeException", "Only a refresh token can be revoked");
  }
}

export class UserLambdaValidationError extends UserPoolError {
  constructor(message: string, options?: ErrorOptions) {
    super("UserLambdaValidationException", message, options);
  }
}

export class UserNotConfirmedError extends UserPoolError {
  constructor() {
    super("UserNotConfirmedException", "User is not confirmed.");
  }
}

export class UserNotFoundError extends UserPoolError {
  constructor(message = "User does not exist.") {
    super("UserNotFoundException", message);
  }
}

export class UsernameExistsError extends UserPoolError {
  constructor(message = "An account with the given email already exists.") {
    super("UsernameExistsException", message);
  }
}
