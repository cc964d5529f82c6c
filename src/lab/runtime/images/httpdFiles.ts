/** The page of the httpd image. */
export const httpdPage = '<html><body><h1>It works!</h1></body></html>\n';

/** The parts of the httpd image's configuration that the lab's server reads. */
export const httpdConfiguration = `ServerRoot "/usr/local/apache2"
Listen 80
User www-data
Group www-data
ServerAdmin you@example.com
DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
CustomLog /proc/self/fd/1 common
`;
